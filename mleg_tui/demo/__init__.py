"""Guided demonstrations: an errand played by itself in the real program, and its recording."""
