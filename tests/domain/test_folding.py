from __future__ import annotations

import pytest

from mleg_tui.services.columns import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Wiśniewska", "wisniewska"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("anna.nowak-001", "anna.nowak-001"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_case_and_polish_marks_do_not_matter(text: str, plain: str) -> None:
    assert folded(text) == plain
