"""How differences read: on a terminal, and side by side on a page."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from mleg_tui.gallery.compare import Cell, cells, differences
from mleg_tui.gallery.picture import as_text
from mleg_tui.gallery.report import page

PLAIN, LOUD = Style(color="#e0e0e0", bgcolor="#242f38"), Style(color="#ff0000", bold=True)


def picture(*rows: list[tuple[str, Style]], header: str = "# header") -> str:
    strips = [Strip([Segment(text, style) for text, style in row]) for row in rows]
    return as_text(header, strips)


KEPT = picture([("one", PLAIN)], [("two  ", PLAIN)], [("three", PLAIN)])


def test_equal_pictures_do_not_differ() -> None:
    assert differences(KEPT, KEPT) == []


def test_a_changed_text_is_shown_with_its_row_as_kept_and_as_taken() -> None:
    taken = picture([("one", PLAIN)], [("2    ", PLAIN)], [("three", PLAIN)])
    assert differences(KEPT, taken) == ["-01│two", "+01│2"]


def test_a_changed_colour_is_told_with_its_columns_and_its_text() -> None:
    taken = picture(
        [("one", PLAIN)], [("two  ", PLAIN)], [("t", PLAIN), ("hre", LOUD), ("e", PLAIN)]
    )
    assert differences(KEPT, taken) == ["~02│1-3 „hre”: #e0e0e0 on #242f38 → #ff0000 on default b"]


def test_rows_that_came_or_went_and_the_head_are_shown() -> None:
    taken = picture([("one", PLAIN)], header="# another")
    assert differences(KEPT, taken) == ["-# header", "+# another", "-01│two", "-02│three"]
    assert differences(taken, KEPT) == ["-# another", "+# header", "+01│two", "+02│three"]


def test_other_line_ends_alone_are_a_difference() -> None:
    assert len(differences(KEPT, KEPT.replace("\n", "\r\n"))) == 1


def test_what_is_no_picture_is_compared_by_its_lines() -> None:
    assert differences("a\nb\n", "a\nc\n") == ["-b", "+c"]
    assert differences("", KEPT)[:2] == ["-", "+# header"]


def test_a_long_comparison_is_cut_and_says_so() -> None:
    long = picture(*[[(f"row {n}", PLAIN)] for n in range(99)])
    changes = differences(KEPT, long)
    assert len(changes) == 61
    assert changes[-1] == "… i 42 wiersze"


def test_cells_are_read_back_with_wide_characters() -> None:
    text = picture([("字a", LOUD)])
    assert cells(text)[0][:2] == [
        Cell("字", "#ff0000 on default b"),
        Cell("a", "#ff0000 on default b"),
    ]


def test_the_page_marks_what_changed_and_escapes_what_it_shows() -> None:
    taken = picture([("one", PLAIN)], [("<b>  ", PLAIN)], [("three", PLAIN)])
    shown = page([("usosweb.login.pl.80x24", KEPT, taken)])
    assert "usosweb.login.pl.80x24" in shown
    assert "<b>" not in shown
    assert shown.count('class="changed"') == 6  # three cells on either side
    assert "NIE JEST DOKUMENTEM" in shown
