"""Messages in the session's language. Polish is the source: message ids are the Polish texts.

Each session has its own ``Speech``. It is found through a context variable, so that sessions that
share a process do not share a language, and it is switched in place, so that every task of a
session follows at once.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.inert import visible
from mleg_tui.domain.messages import MessageId
from mleg_tui.domain.text import SOURCE_LANGUAGE, LocalText
from mleg_tui.languages import FOLDER, LANGUAGES

if TYPE_CHECKING:  # the help does without
    from mleg_tui.domain.eligibility import Finding

DOMAIN = "mleg_tui"


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, FOLDER, languages=[code])


class Speech:
    """The language that one session speaks, and can change."""

    def __init__(self, code: str = SOURCE_LANGUAGE) -> None:
        self.code = code

    def switch(self, code: str) -> None:
        """Speak another language from now on."""
        self.code = code

    def gettext(self, message: str) -> str:
        """Return the message in this language."""
        if not message or self.code == SOURCE_LANGUAGE:
            return message  # to read the source's catalogue would cost --help a tenth of its time
        return _catalogue(self.code).gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of the message that goes with a count."""
        return _catalogue(self.code).ngettext(one, many, count)


_speech: ContextVar[Speech | None] = ContextVar("speech", default=None)


def speech() -> Speech:
    """Return the session's speech; Polish where none was set."""
    current = _speech.get()
    return _fallback() if current is None else current


@cache
def _fallback() -> Speech:
    return Speech()


def speak(own: Speech) -> None:
    """Let this context, and the tasks that it starts, speak so."""
    _speech.set(own)


def _(message: str) -> str:
    """Return a Polish message in the session's language."""
    return speech().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with a count, in the session's language."""
    return speech().ngettext(one, many, count)


def local(text: LocalText) -> str:
    """Return a text of the data in the session's language."""
    return text.in_language(speech().code)


def in_all(text: LocalText) -> dict[str, str]:
    """Return a text of the data in every language that the program speaks."""
    return {code: text.in_language(code) for code in LANGUAGES}


def message_of(error: MlegError) -> str:
    """Say what happened, in the session's language."""
    return _filled(error.message, error.details)


def advice_of(error: MlegError) -> str:
    """Say what to do about it, in the session's language."""
    return _filled(error.advice, error.details)


def cause_of(finding: Finding) -> str:
    """Say why a condition fails, and the reason that the office gave; nothing where it holds."""
    if finding.cause is None:
        return ""
    told = _(finding.cause.message)
    if finding.reason is None:
        return told
    return f"{told} {_('Powód: {reason}').format(reason=visible(_(finding.reason)))}"


def _filled(message: str, details: Mapping[str, object]) -> str:
    return _(message).format_map({key: _said(value) for key, value in details.items()})


def _said(value: object) -> object:
    match value:
        case MessageId():
            return _(value)
        case LocalText():
            return local(value)
        case MlegError():
            return message_of(value)
        case tuple():
            return ", ".join(str(_said(part)) for part in value)
        case int() | float():
            return value
        case _:  # what somebody typed, a path, what a library said
            return visible(str(value), keep="\n")
