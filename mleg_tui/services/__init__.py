"""What a person can do, one module per actor or errand, and the store port that they need."""
