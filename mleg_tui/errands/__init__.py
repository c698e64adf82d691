"""The one language of steps, their performer on the services, and the scenarios told in it."""
