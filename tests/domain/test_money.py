"""Amounts and account numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.money import (
    BadAccountNumber,
    BadAmount,
    RealAccountNumber,
    checksum_holds,
    grouped,
    parse_account_number,
    parse_amount,
)

VALID = "61109010140000071219812874"
INVENTED = "00109010140000071219812874"


@pytest.mark.parametrize(
    ("typed", "grosze"),
    [
        ("22", 2200), ("22,00", 2200), ("22.00 PLN", 2200), (" 22,5 zł", 2250), ("0,01", 1),
        ("1 250,00", 125_000), ("999999,99", 99_999_999), ("022", 2200), ("22pln", 2200),
    ],
)  # fmt: skip
def test_an_amount(typed: str, grosze: int) -> None:
    assert parse_amount(typed) == grosze


@pytest.mark.parametrize(
    "typed",
    ["", " ", "0", "0,00", "-22", "22,000", "22,", ",50", "22 EUR", "1e3", "٢٢", "1000000", "x"],
)
def test_no_amount(typed: str) -> None:
    with pytest.raises(BadAmount):
        parse_amount(typed)


@given(st.integers(1, 99_999_999))
def test_every_amount_is_read_as_it_is_written(grosze: int) -> None:
    for point in ",.":
        assert parse_amount(f"{grosze // 100}{point}{grosze % 100:02} PLN") == grosze


def test_an_account_number_with_or_without_spaces() -> None:
    assert parse_account_number(f" {grouped(INVENTED)} ") == INVENTED
    assert grouped(INVENTED) == "00 1090 1014 0000 0712 1981 2874"


@pytest.mark.parametrize("typed", ["", "PL" + INVENTED, INVENTED[:-1], INVENTED + "0", "x" * 26])
def test_no_account_number(typed: str) -> None:
    with pytest.raises(BadAccountNumber):
        parse_account_number(typed)


def test_an_account_that_could_be_somebodys_is_refused_and_not_repeated() -> None:
    assert checksum_holds(VALID)
    with pytest.raises(RealAccountNumber) as caught:
        parse_account_number(grouped(VALID))
    assert caught.value.details == {}
