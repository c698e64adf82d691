"""The student's phone: Mobilny USOS and the mObywatel app."""
