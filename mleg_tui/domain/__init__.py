"""What is true of mLegitymacja, whoever shows it. Knows the standard library only."""
