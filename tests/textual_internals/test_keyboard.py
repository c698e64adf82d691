"""The one reader of what terminals send, whatever that is."""

from __future__ import annotations

import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from mleg_tui.textual_internals.keyboard import LONGEST_PASTE, Keyboard


def typed(*parts: bytes) -> list[Message]:
    keyboard = Keyboard()
    return [message for part in parts for message in keyboard.read(keyboard.decode(part))]


def pasted(*parts: bytes) -> list[str]:
    return [message.text for message in typed(*parts) if isinstance(message, events.Paste)]


def keys(*parts: bytes) -> list[str]:
    return [message.key for message in typed(*parts) if isinstance(message, events.Key)]


def test_a_paste_is_whole_wherever_it_is_cut() -> None:
    stream = "a\x1b[200~zażółć\x1b[31m gęślą\x1b[201~b".encode()
    for first in range(len(stream)):
        assert pasted(stream[:first], stream[first:]) == ["zażółć\x1b[31m gęślą"]
        assert keys(stream[:first], stream[first:]) == ["a", "b"]
    assert pasted(*(bytes([byte]) for byte in stream)) == ["zażółć\x1b[31m gęślą"]


def test_a_paste_has_an_end() -> None:
    (text,) = pasted(b"\x1b[200~", *[b"a" * 10_000] * 30, b"\x1b[201~")
    assert len(text) == LONGEST_PASTE


def test_the_parser_of_a_session_is_let_go() -> None:
    keyboard = Keyboard()
    list(keyboard.read("\x1b[97;;97u\x1b[1;5A"))
    parser = weakref.ref(keyboard._parser)
    del keyboard
    gc.collect()
    assert parser() is None


def test_the_encoding_is_the_terminals() -> None:
    keyboard = Keyboard("iso8859-2")
    (key,) = keyboard.read(keyboard.decode(b"\xb1"))
    assert isinstance(key, events.Key)
    assert key.character == "ą"


@pytest.mark.parametrize("stray", [b"\xbf", b"\xff\xfe", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_are_shown_as_such(stray: bytes) -> None:
    assert keys(stray, b"a") == ["replacement_character"] * len(stray) + ["a"]


@pytest.mark.parametrize("sequence", ["1114112", "99999999999", "97;;1114112", "97;;97:1114112"])
def test_a_code_point_beyond_unicode_costs_only_itself(sequence: str) -> None:
    assert keys(f"a\x1b[{sequence}ubc".encode()) == ["a", "b", "c"]


@pytest.mark.parametrize("report", ["\x1b[48;60000;60000;0;0t", "\x1b[9;9R", "\x1b[?2048;2$y"])
def test_what_the_system_knows_better_is_not_believed(report: str) -> None:
    kinds = [type(message) for message in typed(f"a{report}b".encode())]
    assert kinds == [events.Key, events.Key]


_PIECES = st.one_of(
    st.binary(max_size=20),
    st.sampled_from([b"\x1b", b"\x1b[", b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b"\x1b[M", b"u"]),
    st.from_regex(rb"\x1b\[[0-9:;]{0,14}[uA-HMP-Sm~]", fullmatch=True),
    st.from_regex(rb"\x1b\[<-?[0-9]{1,9};-?[0-9]{1,9};-?[0-9]{1,9}[mM]", fullmatch=True),
)


@given(st.lists(_PIECES, max_size=12))
def test_after_whatever_else_a_key_is_that_key(pieces: list[bytes]) -> None:
    keyboard = Keyboard()
    for piece in pieces:
        list(keyboard.read(keyboard.decode(piece)))
    list(keyboard.read(keyboard.decode(b"\x1b[201~" + b" " * 40)))  # ends what has begun
    (key,) = keyboard.read("q")
    assert isinstance(key, events.Key)
    assert key.key == "q"
