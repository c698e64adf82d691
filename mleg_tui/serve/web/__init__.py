"""The program on a web page."""
