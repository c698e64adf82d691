"""Text from outside is inert where it enters, and visible where it leaves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from mleg_tui.domain.inert import (
    NotInert,
    check_inert,
    fault_of,
    faults_in,
    visible,
    visible_json,
)
from mleg_tui.languages import LANGUAGES
from mleg_tui.locale import Speech, message_of, speak
from mleg_tui.services.demo_data import own_directory
from tests.active import TEXTS, active_in, is_active
from tests.catalogue import po_path

JSON = st.recursive(TEXTS, lambda parts: st.lists(parts) | st.dictionaries(TEXTS, parts))


def test_every_control_and_format_character_is_active() -> None:
    assert [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if is_active(chr(code)) and fault_of(chr(code)) is None
    ] == []


@pytest.mark.parametrize(
    "text",
    ["", "Zażółć gęślą jaźń", "z\u0307o\u0301łw", "d’Arc–Żółć „x” …", "100\u00a0zł", "👍 漢字"],
)
def test_letters_marks_and_signs_are_inert(text: str) -> None:
    assert fault_of(text) is None
    assert visible(text) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "polish", "english"),
    [
        ("ab\x1b[31m", "sterujący (U+001B) na pozycji 3", "control character (U+001B) at pos"),
        ("\u202eabc", "kierunek pisma (U+202E) na pozycji 1", "direction of writing (U+202E)"),
        ("a\u200b", "niewidoczny znak (U+200B) na pozycji 2", "invisible character (U+200B)"),
        ("a\nb", "sterujący (U+000A) na pozycji 2", "control character (U+000A)"),
        ("a\udcff", "bajt spoza UTF-8 (U+DCFF) na pozycji 2", "byte outside UTF-8 (U+DCFF)"),
    ],
)
def test_what_is_wrong_is_told_in_words(
    text: str, polish: str, english: str, language: str
) -> None:
    with pytest.raises(NotInert) as refusal:
        check_inert(text, "powód")
    speak(Speech(language))
    told = message_of(refusal.value)
    speak(Speech())
    assert told.startswith("powód: ")
    assert (polish if language == "pl" else english) in told
    assert active_in(told) == set()


def test_paragraphs_may_have_line_breaks_and_nothing_else() -> None:
    document = {
        "name": {"pl": "a\nb", "en": "a"},
        "consents": [{"text": {"pl": "a\nb", "en": "a\r\nb"}, "id\x1b": "c"}],
        "count": 1,
        "until": None,
    }
    assert [message_of(fault) for fault in faults_in(document)] == [
        "name.pl: niedozwolony znak sterujący (U+000A) na pozycji 2",
        "consents[0]: niedozwolony znak sterujący (U+001B) na pozycji 3",
        "consents[0].text.en: niedozwolony znak sterujący (U+000D) na pozycji 2",
    ]


def test_a_document_may_be_nested_deeper_than_calls() -> None:
    document: object = "a\x1b"
    for _ in range(5_000):
        document = [document]
    assert len([*faults_in(document)]) == 1


@given(TEXTS)
def test_what_is_shown_is_as_long_and_does_nothing(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert active_in(shown) == set()
    assert active_in(visible(text, keep="\n\t"), "\n\t") == set()
    assert visible(shown) == shown
    assert (fault_of(text) is None) == (shown == text)


@given(JSON)
def test_json_says_the_same_and_does_nothing(document: object) -> None:
    written = visible_json(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(written) == document
    assert active_in(written, "\n") == set()


def test_controls_are_drawn_as_their_pictures() -> None:
    assert visible("\x1b]52;c;aGk=\x07\x00\x7f\x9b\u202e") == "␛]52;c;aGk=␇␀␡��"
    assert visible("a\nb\tc\x0b", keep="\n\t") == "a\nb\tc␋"


def test_what_the_program_says_itself_is_inert() -> None:
    for language in LANGUAGES:
        with po_path(language).open("rb") as file:
            for message in read_po(file):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                assert active_in("".join(map(str, texts)), "\n") == set()
    for path in (*own_directory().glob("*.json"), *Path("mleg_tui").rglob("*.py")):
        assert active_in(path.read_text("utf-8"), "\n") == set(), path
