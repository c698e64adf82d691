"""The program over SSH: ``mleg-tui serve ssh``.

A door process accepts the connections and hands each to one of some worker processes, which speak
SSH and draw. So the limits count everything, and a worker that dies takes only its own sessions.
"""
