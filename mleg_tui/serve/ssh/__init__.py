"""SSH: what only its server speaks."""
