"""What is touched inside Textual 8.2.8, which it keeps private, each with a test that tells.

Look here first when Textual is upgraded.
"""
