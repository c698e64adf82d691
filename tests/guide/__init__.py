"""Instructions, played and written."""
