"""Demos: an order or another task that plays by itself in the real program, and its recording."""
