"""What mleg-tui gives to other projects' tests."""
