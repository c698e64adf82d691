"""A set of names in a few bytes each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.services.fingerprints import Fingerprints


@given(st.lists(st.text(max_size=3)))
def test_it_is_a_set(names: list[str]) -> None:
    met = Fingerprints()
    known: set[str] = set()
    for name in names:
        assert (name in met) == (name in known)
        assert met.add(name) == (name not in known)
        known.add(name)
        assert name in met


def test_it_grows() -> None:
    met = Fingerprints()
    names = [("orders", f"s{number}") for number in range(5_000)]
    assert all(met.add(name) for name in names)
    assert all(name in met for name in names)
    assert not any(met.add(name) for name in names)
    assert ("orders", "s5000") not in met
