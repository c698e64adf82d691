"""Every situation that people really meet, as data: set up, played, and checked."""
