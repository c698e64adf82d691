"""Time and the outside world, pure: nothing here reads a clock, a file or chance."""
