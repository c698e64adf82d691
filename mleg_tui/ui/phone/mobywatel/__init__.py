"""The mObywatel app on the student's phone (domain.md §9)."""
