"""What can go wrong, as classes. Each says what happened and what to do about it.

``message`` and ``advice`` are Polish message ids with named fields; the catalogue has their
English. Details that fill the fields never hold a secret.
"""

from __future__ import annotations

import re

from mleg_tui.domain.messages import N_, MessageId


class MlegError(Exception):
    """Something the user has to know about."""

    message: MessageId = N_("Wystąpił błąd symulatora.")
    advice: MessageId = N_("Szczegóły są w dzienniku programu.")
    reasons: tuple[MlegError, ...] = ()
    """What it is made of, where that is told one by one."""

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(type(self).__name__)

    @property
    def code(self) -> str:
        """A name that does not change with the language, such as ``LIVE_ORDER_EXISTS``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).upper()

    @property
    def codes(self) -> tuple[str, ...]:
        """The names of all reasons."""
        return tuple(reason.code for reason in self.reasons or (self,))

    def __eq__(self, other: object) -> bool:
        """Tell whether another error says the same, so that what holds refusals can be compared."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(type(self))


class Refused(MlegError):
    """A rule of the domain says no; nothing has changed."""


class NotYours(Refused):
    """What is asked for is another one's to do."""

    message = N_("Nie masz uprawnień do tej czynności.")
    advice = N_("Zaloguj się na konto, które ma do niej prawo.")


class BadInput(MlegError):
    """What was typed or imported cannot be understood."""


class LoginRefused(MlegError):
    """The person could not be let in."""


class StoreUnusable(MlegError):
    """The store cannot be read or written; it was left as it was."""
