"""A university's own instruction: its steps, each with a picture of the screen, written out."""
