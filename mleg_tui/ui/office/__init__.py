"""The dean's office and the simulation desk, in the portal's tab for staff."""
