"""Every screen as a reproducible picture. Imports nothing: `environment.pin` must come first."""
