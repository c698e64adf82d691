"""A house in which anna.nowak's mLegitymacja is ready, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from mleg_tui.domain.codes import Codes
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.order import Order, OrderStatus
from mleg_tui.domain.phone import Phone
from mleg_tui.locale import Speech, advice_of, message_of, speak
from mleg_tui.services.mobywatel import MObywatel, Shown
from tests.factories import House, house, order


@dataclass
class WithPhone:
    """The house and its app, for the student whose order is on the way to the phone."""

    house: House

    @property
    def app(self) -> MObywatel:
        return self.house.services.mobywatel

    @property
    def codes(self) -> Codes:
        codes = self.order.codes
        assert codes is not None
        return codes

    @property
    def order(self) -> Order:
        return self.house.orders()[0]

    def phone(self, number: int = 1) -> Phone:
        return self.app.phone(self.house.session(), number)

    def add(
        self, token: str | None = None, code: str | None = None, number: int = 1, **more: Any
    ) -> Shown:
        return self.app.add(
            self.house.session(),
            number,
            self.codes.token if token is None else token,
            self.codes.distribution_pass if code is None else code,
            **{"terms_accepted": True, **more},
        )

    def change(self, number: int = 1, **fields: Any) -> None:
        """Put a phone into another state."""
        known = replace(self.phone(number), **fields)

        def write(work: Any) -> None:
            if known.version:
                work.save(known)
            else:
                work.add(known)

        self.house.services.store.transact(write)

    def refused(self, kind: type[MlegError], act: Callable[[], object]) -> MlegError:
        """Check that an act is refused for one reason, and that it changed nothing."""
        before = self.house.services.store.revision()
        with pytest.raises(MlegError) as caught:
            act()
        assert type(caught.value) is kind
        assert self.house.services.store.revision() == before
        return caught.value


def with_phone(status: OrderStatus = OrderStatus.READY, **changes: Any) -> WithPhone:
    """Return a house with one order in a state."""
    built = house()
    built.keep(order(status, **changes))
    return WithPhone(built)


def told(error: MlegError, language: str) -> tuple[str, str]:
    """Return what a person reads: what happened, and what to do."""
    speak(Speech(language))
    try:
        return message_of(error), advice_of(error)
    finally:
        speak(Speech())
