"""The program for people at other machines: over SSH, and in a browser.

A process listens, limits who comes, and passes each to a worker process. Workers hold the sessions,
many in each. So the limits count everybody, and a worker that dies takes only its own sessions.
"""
