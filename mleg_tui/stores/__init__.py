"""The store port's adapters. Import the one that is wanted; this package imports none."""
