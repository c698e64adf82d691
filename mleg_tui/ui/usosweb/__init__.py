"""USOSweb: the CAS login and the student's portal."""
