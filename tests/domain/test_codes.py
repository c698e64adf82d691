"""Token and activation code."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.codes import (
    Codes,
    is_distribution_pass,
    is_token,
    issue,
    without_white_space,
)

GOOD = issue(7, "anna.nowak-001")
ORDER_IDS = st.from_regex(r"[a-z.]{3,20}-\d{3}", fullmatch=True)


@given(st.integers(), ORDER_IDS)
def test_every_order_gets_well_shaped_codes(seed: int, order_id: str) -> None:
    codes = issue(seed, order_id)
    assert len(codes.token) == 32
    assert sum(letter not in "0123456789abcdef" for letter in codes.token) == 1
    assert set(codes.token) <= set(string.ascii_lowercase + string.digits)
    assert len(codes.distribution_pass) == 10
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
        assert set(codes.distribution_pass) & set(kind)


@given(st.integers(), ORDER_IDS)
def test_seed_and_order_decide_the_codes(seed: int, order_id: str) -> None:
    assert issue(seed, order_id) == issue(seed, order_id)
    assert issue(seed, order_id) != issue(seed + 1, order_id)
    assert issue(seed, order_id) != issue(seed, order_id + "x")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * 32,
        GOOD.token[:-1],
        GOOD.token + "0",
        GOOD.token.upper(),
        "gg" + "0" * 30,
        "ż" + "0" * 31,
        " " + "g" + "0" * 30,
        GOOD.distribution_pass,
    ],
)
def test_what_is_no_simulated_token(text: str) -> None:
    assert not is_token(text)
    with pytest.raises(ValueError, match="token"):
        Codes(text, GOOD.distribution_pass)


@pytest.mark.parametrize("text", ["", "Ab3", "Ab3Ab3Ab3A0", "Ab3Ab3Ab3ż", "Ab3 Ab3Ab3", GOOD.token])
def test_what_is_no_activation_code(text: str) -> None:
    assert not is_distribution_pass(text)
    with pytest.raises(ValueError, match="activation code"):
        Codes(GOOD.token, text)


@pytest.mark.parametrize("typed", ["a9g6", " a9g6 ", "a9\ng6\r\n", "a9\u00a0g6", "\ta9 g6"])
def test_white_space_from_copying_does_not_count(typed: str) -> None:
    assert without_white_space(typed) == "a9g6"
