"""The three instructions that the program was asked for, step by step, as facts to be found."""
