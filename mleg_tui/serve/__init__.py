"""The program for people who sit elsewhere: over SSH, and in a browser."""
