"""The packet with which a client is told why it is disconnected, before any cryptography.

That is all that a connection beyond the limits costs. RFC 4253: the version line (4.2), a packet
(6), which is in the clear until keys are exchanged, and the message of a disconnection (11.1).
"""

from __future__ import annotations

import os
import struct
import unicodedata

_VERSION = b"SSH-2.0-mleg_tui\r\n"
_DISCONNECT = 1
_TOO_MANY_CONNECTIONS = 12
_WHOLE_LETTERS = str.maketrans("łŁ„”–—", 'lL""--')
_BLOCK, _LEAST_PADDING = 8, 4


def disconnect_packet(sentence: str) -> bytes:
    """Return what the server sends to say so and be done."""
    payload = (
        struct.pack(">BI", _DISCONNECT, _TOO_MANY_CONNECTIONS)
        + _text(without_accents(sentence).encode())
        + _text(b"")
    )
    padding = _BLOCK - (5 + len(payload)) % _BLOCK
    if padding < _LEAST_PADDING:
        padding += _BLOCK
    head = struct.pack(">IB", 1 + len(payload) + padding, padding)
    return _VERSION + head + payload + os.urandom(padding)


def without_accents(sentence: str) -> str:
    """Return a sentence in ASCII: OpenSSH shows other letters of it as octal numbers."""
    parts = unicodedata.normalize("NFKD", sentence.translate(_WHOLE_LETTERS))
    return parts.encode("ascii", "ignore").decode()


def _text(text: bytes) -> bytes:
    return struct.pack(">I", len(text)) + text
