"""What the help says of a page: what it is in real life, what one can do, what is left out."""

from __future__ import annotations

from typing import NamedTuple

from mleg_tui.domain.messages import MessageId


class Topic(NamedTuple):
    """A page as the help knows it, by its name; ``{key[…]}`` in the text is a command's key."""

    name: str = ""
    text: MessageId = MessageId()
