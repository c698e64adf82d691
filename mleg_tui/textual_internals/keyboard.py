"""From what a terminal sends to keys, clicks and pastes: the one reader of all drivers.

Textual 8.2.8 dies of a byte that is no UTF-8 (its issue #6456) and of a code point out of range,
keeps a paste of any length, and believes any size that a terminal reports.
"""

from __future__ import annotations

import codecs
import logging
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

log = logging.getLogger("mleg_tui.keyboard")
LONGEST_PASTE = 64 * 1024
"""So many characters of a paste are taken."""
_START, _END = "\x1b[200~", "\x1b[201~"
_OVERLAP = len(_START) - 1
_NOT_TAKEN = (events.CursorPosition, events.Resize, messages.InBandWindowResize)
"""What a terminal may say of itself: each driver has a better source for it."""


class Keyboard:
    """Reads a terminal's bytes, however they are cut. Nothing that comes is too odd for it.

    A byte that makes no sense becomes U+FFFD. A paste is cut out before Textual's parser, which
    would keep all of it.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._parser = KeyParser()
        self._before = ""
        """The last that was read, in which a mark of a paste may have begun."""
        self._paste: _Paste | None = None

    def decode(self, data: bytes) -> str:
        """Return the text of these bytes; half a letter waits for its rest."""
        return self._decoder.decode(data)

    def read(self, text: str) -> Iterator[Message]:
        """Yield what the text means."""
        while text:
            if self._paste is None:
                taken = self._up_to_a_paste(text)
                for character in text[:taken]:  # each by itself: what breaks costs only itself
                    yield from self._parsed(partial(self._parser.feed, character))
            else:
                taken = self._paste.take(text)
                if self._paste.is_whole:
                    yield events.Paste(self._paste.text)
                    self._paste = None
                    yield from self._parsed(partial(self._parser.feed, _END))
            text = text[taken:]

    def tick(self) -> Iterator[Message]:
        """Yield the escape key, if one has waited for long enough to be just that."""
        yield from self._parsed(self._parser.tick)

    def _up_to_a_paste(self, text: str) -> int:
        """Return how much of the text comes before a paste, its first mark included."""
        joined = self._before + text
        at = joined.find(_START)
        if at < 0:
            self._before = joined[-_OVERLAP:]
            return len(text)
        self._paste, before = _Paste(), self._before
        self._before = ""
        return at + len(_START) - len(before)

    def _parsed(self, parse: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        """Yield what the parser makes of it; one that breaks is replaced."""
        try:
            for message in parse():
                is_empty_paste = isinstance(message, events.Paste) and not message.text
                if not (is_empty_paste or isinstance(message, _NOT_TAKEN)):
                    yield message
        except Exception as error:  # noqa: BLE001 - whatever it was, the next key is another one
            log.info("keys that cannot be understood: %s", type(error).__name__)
            self._parser = KeyParser()


class _Paste:
    """A paste that is still coming in; what is too long is let go."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._room = LONGEST_PASTE
        self._tail = ""
        self.is_whole = False

    def take(self, text: str) -> int:
        """Take in as much of the text as belongs to the paste; return how much that was."""
        joined = self._tail + text
        at = joined.find(_END)
        if at >= 0:
            self._keep(joined[:at])
            self.is_whole = True
            return at + len(_END) - len(self._tail)
        self._keep(joined[:-_OVERLAP])
        self._tail = joined[-_OVERLAP:]
        return len(text)

    @property
    def text(self) -> str:
        """What was pasted, without the character that ends strings elsewhere."""
        return "".join(self._parts).replace("\x00", "")

    def _keep(self, text: str) -> None:
        kept = text[: self._room]
        self._room -= len(kept)
        if kept:
            self._parts.append(kept)


class KeyParser(XTermParser):
    """Parses keys without being kept alive, session and all, by a cache of its own method.

    A key that there cannot be is ignored.
    """

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        return _extended_key(sequence)


@lru_cache(maxsize=1024)
def _extended_key(sequence: str) -> list[events.Key] | None:
    parse = XTermParser._parse_extended_key.__wrapped__  # noqa: SLF001
    try:
        keys: list[events.Key] | None = parse(_ANY_PARSER, sequence)
    except (ValueError, OverflowError):  # a code point beyond Unicode
        return [events.Key(Keys.Ignore, sequence)]
    return keys


_ANY_PARSER = XTermParser()
