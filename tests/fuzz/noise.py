"""What the fuzzer sends: from what somebody in a hurry types to what no terminal would send."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mleg_tui.ui.commands import COMMANDS
from tests.end_to_end.terminal import _ESCAPES

LONG_PASTE = 1_000_000
_USUAL = [(80, 24), (120, 40), (60, 20), (40, 15), (200, 60), (132, 43), (20, 5)]
_NOT_SENT = frozenset((*COMMANDS["app.quit"].keys, *COMMANDS["app.language"].keys))
"""What ends the program as it should, and what it is asked with whether it lives."""
_COMMANDS = sorted({key for one in COMMANDS.values() for key in one.keys} - _NOT_SENT)
_MOVES = sorted(_ESCAPES.keys() - _NOT_SENT - set(_COMMANDS))
_WORDS = (
    *("anna.nowak\tdemo\r", "dziekanat\tdemo\r", "Mocne-haslo1\r" * 2, "demo", "ewa.lis"),
    *("Żółć gęślą jaźń", "kowalski"),
    *("22,00", "00109010140000071219812874", "0", "-1", "1" * 30, "1e400", "2027-04-01T09:30"),
    *("90s", "1h30m", "1000", "0x10", "401237", "Brak zdjęcia", "../../etc/passwd", "=1+1"),
    *("a\u0301\u202e\u200b", "漢字", "👩\u200d👩\u200d👧", "'; --", "{0}%s", "[bold]x[/]"),
)
_INTRODUCERS = (b"\x1b[", b"\x1b]", b"\x1bP", b"\x1bO", b"\x1b_", b"\x9b", b"\x1b\x1b[", b"\x1b")
_INVALID = (b"\xbf", b"\xc5", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80")
_NUMBERS = (0, 1, 13, 27, 97, 127, 255, 57_399, 55_296, 65_535, 1_114_111, 1_114_112, 10**12)


@dataclass(frozen=True, slots=True)
class Noise:
    """Some bytes, or another size of the window as columns and rows."""

    data: bytes = b""
    size: tuple[int, int] | None = None


def noise(chance: random.Random) -> Iterator[Noise]:
    """Yield without an end what is sent to a window of 80×24, whose size it changes.

    What ends the program is left out where it is known; a list may still lead there.
    """
    size = _USUAL[0]
    while True:
        (kind,) = chance.choices(*_KINDS)
        made = kind(chance, size)
        size = made.size or size
        yield made


def _bytes(chance: random.Random, _size: tuple[int, int]) -> Noise:
    return _without_the_end(chance.randbytes(chance.randint(1, 200)))


def _no_text(chance: random.Random, _size: tuple[int, int]) -> Noise:
    return Noise(b"".join(chance.choices((*_INVALID, b"a", "ą".encode()), k=chance.randint(1, 6))))


def _sequence(chance: random.Random, _size: tuple[int, int]) -> Noise:
    """Return a control sequence of any kind, whole or not."""
    body = "".join(chance.choices("0123456789;:?<>!$ \"'", k=chance.randint(0, 40)))
    end = chance.choice("abcdhlmnqrtuyABCDEFHIMOPQRSZ~\\\x07\x18")
    return _without_the_end(chance.choice(_INTRODUCERS) + f"{body}{end}".encode())


def _key_report(chance: random.Random, _size: tuple[int, int]) -> Noise:
    """Return a key in kitty's protocol, which names it by a number."""

    def number() -> str:
        return str(chance.choice((*_NUMBERS, chance.randint(0, 70_000), chance.randint(32, 126))))

    text = ":".join(number() for _ in range(chance.randint(0, 3)))
    modifiers = chance.choice(("", "1", "2", "3", "6", "200", "99999999"))
    return _without_the_end(f"\x1b[{number()};{modifiers};{text}u".encode())


def _mouse(chance: random.Random, size: tuple[int, int]) -> Noise:
    """Return a click, a drag or the wheel, mostly within the window."""
    columns, rows = size if chance.random() < 0.9 else (10**6, 10**6)
    x, y = chance.randint(0, columns), chance.randint(-1, rows)
    button = chance.choice((0, 0, 0, 1, 2, 3, 8, 32, 35, 64, 65, 66, 127, 999))
    there = f"{chance.randint(1, columns)};{chance.randint(1, rows)}"
    kinds = (
        f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m",
        f"\x1b[<0;{x};{y}M\x1b[<32;{there}M\x1b[<0;{there}m",
        f"\x1b[<{button};{x};{y}{chance.choice('Mm')}",
        f"\x1b[<35;{x};{y}M" * chance.randint(1, 30),
    )
    return Noise(chance.choice(kinds).encode())


def _focus(chance: random.Random, _size: tuple[int, int]) -> Noise:
    return Noise(chance.choice((b"\x1b[I", b"\x1b[O", b"\x1b[O\x1b[I", b"\x1b[?2026;2$y")))


def _keys(chance: random.Random, _size: tuple[int, int]) -> Noise:
    """Return keys that mean something, one behind the other."""
    keys = [chance.choice(chance.choice((_COMMANDS, _MOVES))) for _ in range(chance.randint(1, 12))]
    return Noise("".join(_ESCAPES.get(key, key) for key in keys).encode())


def _words(chance: random.Random, _size: tuple[int, int]) -> Noise:
    """Return what is typed into fields."""
    ends = ("", "\r", "\t", "\r\r", "\x1b[Z", "\x7f\x7f")
    parts = (chance.choice(_WORDS) + chance.choice(ends) for _ in range(chance.randint(1, 3)))
    return Noise("".join(parts).encode())


def _paste(chance: random.Random, _size: tuple[int, int]) -> Noise:
    """Return a paste, mostly short and whole."""
    length = LONG_PASTE if chance.random() < 0.04 else chance.randint(0, 200)
    piece = chance.choice((b"a", "ż".encode(), b"a\r\n", b"\x1b[31m", b"\xff", b"401237\n", b" "))
    body = (piece * (length // len(piece) + 1))[:length]
    return Noise(b"\x1b[200~" + body + (b"\x1b[201~" if chance.random() < 0.9 else b""))


def _resize(chance: random.Random, _size: tuple[int, int]) -> Noise:
    if chance.random() < 0.7:
        return Noise(size=chance.choice(_USUAL))
    return Noise(size=(chance.randint(1, 300), chance.randint(1, 100)))


def _without_the_end(data: bytes) -> Noise:
    """Leave out Ctrl+Q and F10, F2 and Ctrl+L, and their reports."""
    for end in (b"\x11", b"\x1b[21~", b"113", b"81;", b"57373", b"\x0c", b"\x1bOQ", b"\x1b[12~"):
        data = data.replace(end, b"")
    return Noise(data)


_Kind = Callable[[random.Random, tuple[int, int]], Noise]
_WEIGHTS: dict[_Kind, int] = {
    _bytes: 6,
    _no_text: 6,
    _sequence: 8,
    _key_report: 10,
    _mouse: 20,
    _focus: 3,
    _keys: 40,
    _words: 15,
    _paste: 6,
    _resize: 6,
}
_KINDS = (list(_WEIGHTS), list(_WEIGHTS.values()))
