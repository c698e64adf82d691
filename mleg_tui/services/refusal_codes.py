"""Names of refusals that do not change with the language, such as ``LIVE_ORDER_EXISTS``."""

from __future__ import annotations

import re

from mleg_tui.domain.errors import MlegError
from mleg_tui.services.ordering import CannotOrder, ConditionNotMet


def code_of(error: MlegError) -> str:
    """Return the name of a refusal; for a condition that fails, of its cause."""
    if isinstance(error, ConditionNotMet) and error.finding.cause is not None:
        return error.finding.cause.name
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).upper()


def codes_of(error: MlegError) -> tuple[str, ...]:
    """Return the names of all reasons of a refusal."""
    reasons = error.reasons if isinstance(error, CannotOrder) else (error,)
    return tuple(code_of(reason) for reason in reasons)
