"""Text from outside: what it may not hold where it enters, and what is drawn where it leaves.

Control characters take over a terminal, marks of direction let a line read as another one, and
characters of no width hide in a name. None is needed in Polish or English. What an older store
holds of them is drawn as signs. Combining marks are letters' own and stay; so do emoji of one
character, but not those that are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mleg_tui.domain.errors import BadInput
from mleg_tui.domain.messages import N_, MessageId

_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BROKEN = "\ud800-\udfff"
_INVISIBLE = (
    "\xad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Unicode's format characters, and what it lets programs not draw (Default_Ignorable)."""
_KINDS = {
    _CONTROL: N_("znak sterujący"),
    _DIRECTION: N_("znak zmieniający kierunek pisma"),
    _BROKEN: N_("bajt spoza UTF-8"),
    _INVISIBLE: N_("niewidoczny znak"),
}
_PARAGRAPHS = frozenset({"text", "teaches", "status_help", "closing_line"})
"""Fields of data that are shown as paragraphs: they may have line breaks."""


class ActiveCharacter(BadInput):
    """A character that does something else than to be read."""

    message = N_("niedozwolony {kind} ({code}) na pozycji {place}")
    advice = N_("Usuń ten znak i spróbuj ponownie.")


class NotInert(BadInput):
    """A text from outside holds an active character; names the field."""

    message = N_("{field}: {problem}")
    advice = ActiveCharacter.advice


def is_inert(text: str) -> bool:
    """Tell whether a text of one line does nothing but to be read; quick, for painting."""
    return (text.isascii() and text.isprintable()) or _active().search(text) is None


def fault_of(text: str, *, lines: bool = False) -> ActiveCharacter | None:
    """Return what is wrong with a text from outside, ``None`` if it is inert.

    ``lines`` lets it have line breaks, which are U+000A only.
    """
    if is_inert(text):
        return None
    for found in _active().finditer(text):
        if not (lines and found[0] == "\n"):
            code = f"U+{ord(found[0]):04X}"
            return ActiveCharacter(kind=_kind(found[0]), code=code, place=found.start() + 1)
    return None


def check_inert(text: str, field: str) -> None:
    """Raise ``NotInert`` for a text of one line that holds an active character."""
    problem = fault_of(text)
    if problem is not None:
        raise NotInert(field=field, problem=problem)


def faults_in(document: object) -> Iterator[NotInert]:
    """Yield what is wrong with the texts of a document as JSON has it, keys and values.

    The field is named by its path, such as ``history[2].reason``.
    """
    for path, text in _texts(document):
        lines = not _PARAGRAPHS.isdisjoint(path.split("."))
        problem = fault_of(text, lines=lines)
        if problem is not None:
            yield NotInert(field=path, problem=problem)


def visible(text: str, keep: str = "") -> str:
    """Return a text as it may be shown: a sign such as ``␛`` for each active character.

    One character stands for one, so that nothing that counts them is misled. ``keep`` are those
    that whoever shows it can take, such as a line break.
    """
    if is_inert(text):
        return text
    return _active().sub(lambda at: at[0] if at[0] in keep else _sign(at[0]), text)


def visible_json(document: str) -> str:
    """Return JSON that says the same, with the active characters of its texts escaped."""
    if is_inert(document):
        return document
    return _active().sub(lambda at: at[0] if at[0] == "\n" else _escape(at[0]), document)


@cache
def _active() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_KINDS)}]")  # only where it is needed: ASCII is, at --help


def _texts(document: object) -> Iterator[tuple[str, str]]:
    """Yield all texts with their paths, however deep they are nested."""
    waiting = [("", document)]
    while waiting:
        path, value = waiting.pop()
        match value:
            case str():
                yield path, value
            case dict():
                yield from ((path, str(key)) for key in value)
                within = f"{path}." if path else ""
                waiting += [(f"{within}{key}", value[key]) for key in reversed(value)]
            case list():
                parts = [(f"{path}[{number}]", part) for number, part in enumerate(value)]
                waiting += reversed(parts)


def _kind(character: str) -> MessageId:
    return next(kind for among, kind in _KINDS.items() if re.match(f"[{among}]", character))


def _sign(character: str) -> str:
    """Return Unicode's picture of a control character; most have none."""
    if character < " ":
        return chr(0x2400 + ord(character))
    return "␡" if character == "\x7f" else "�"


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
