"""The mObywatel app on the student's phone (docs/domain.md §9)."""
