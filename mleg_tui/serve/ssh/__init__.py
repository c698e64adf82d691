"""The program over SSH: ``mleg-tui serve ssh``.

A listening process accepts the connections and passes each to a worker process. Workers speak
SSH and draw. So the limits count everything, and a worker that dies takes only its own sessions.
"""
