"""Only invented PESEL numbers come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.pesel import MalformedPesel, RealPesel, check_invented, checksum_digit


# The example that the Ministry's own description of the number works through.
def test_the_checksum_is_the_official_one() -> None:
    assert checksum_digit("4405140135") == 9


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_of_ten_last_digits_one_is_refused(first_ten: str) -> None:
    refused = []
    for digit in "0123456789":
        try:
            check_invented(first_ten + digit)
        except RealPesel:
            refused.append(int(digit))
    assert refused == [checksum_digit(first_ten)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4405140135",
        "440514013599",
        "4405140135a",
        "４４０５１４０１３５９",
        " 4405140135",
        "-4405140135",
    ],
)
def test_what_is_not_eleven_digits(text: str) -> None:
    with pytest.raises(MalformedPesel):
        check_invented(text)


def test_the_refusal_does_not_repeat_the_number() -> None:
    with pytest.raises(RealPesel) as caught:
        check_invented("44051401359")
    assert caught.value.details == {}
    assert "44051401359" not in str(caught.value)
