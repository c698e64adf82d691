"""What somebody sees who takes part in a class, and how screens are seen elsewhere."""
