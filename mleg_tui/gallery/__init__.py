"""Every screen as a reproducible snapshot. Imports nothing: `environment.pin` must come first."""
