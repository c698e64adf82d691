"""The program for people at other machines: over SSH, and in a browser."""
