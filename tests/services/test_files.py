"""Files that somebody named: bounded, whole or not at all, and told of in words."""

from __future__ import annotations

import errno
import io
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mleg_tui.domain.system_errors import reason_of
from mleg_tui.locale import Speech, _, speak
from mleg_tui.services.demo_data import BadDemoData, load
from mleg_tui.services.files import BadFile, FileTooLarge, all_of, contents, naming, write_whole
from tests.factories import TODAY


@contextmanager
def little_space(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x" * 1024 * 1024)
    assert len(contents(path, 1)) == 1024 * 1024
    os.truncate(path, 2**31)  # takes no space, and would take all the memory
    with pytest.raises(FileTooLarge):
        contents(path, 1)
    with pytest.raises(FileTooLarge):
        contents(Path("/dev/zero"), 1)
    with pytest.raises(FileTooLarge):
        all_of(io.BytesIO(b"x" * 1024 * 1024 + b"x"), "-", 1)


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    path, other = tmp_path / "x", tmp_path / "x.new"
    other.write_text("somebody's own")
    with little_space(1000), pytest.raises(OSError, match="large"):
        write_whole(path, [b"x" * 2000])
    assert [file.name for file in tmp_path.iterdir()] == ["x.new"]
    write_whole(path, [b"a", b"b"])
    assert path.read_bytes() == b"ab"
    assert other.read_text() == "somebody's own"


def test_a_link_stays_one_and_a_pipe_is_written_into(tmp_path: Path) -> None:
    path, link = tmp_path / "x", tmp_path / "link"
    link.symlink_to(path)
    write_whole(link, [b"a"])
    assert link.is_symlink()
    assert path.read_bytes() == b"a"
    ours, theirs = os.pipe()
    write_whole(Path(f"/dev/fd/{theirs}"), [b"a", b"b"])
    assert os.read(ours, 10) == b"ab"
    os.close(ours)
    os.close(theirs)


def test_demo_data_without_end_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "universities.json").symlink_to("/dev/zero")
    with pytest.raises(FileTooLarge):
        load(tmp_path, TODAY)
    with pytest.raises(BadDemoData):
        load(tmp_path / "nowhere", TODAY)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOENT, "raw words"),
        OSError(errno.ELOOP, "raw words"),
        RuntimeError("raw words"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "raw words"),
    ],
)
def test_a_bad_file_is_told_in_the_language_that_is_spoken(error: Exception) -> None:
    with pytest.raises(BadFile) as refusal, naming("here"):
        raise error
    told = set()
    for language in ("pl", "en"):
        speak(Speech(language))
        told.add(_(str(refusal.value.details["reason"])))
    speak(Speech())
    assert len(told) == 2
    assert "raw words" not in told


def test_a_rare_error_is_told_by_its_symbol() -> None:
    assert reason_of(OSError(errno.EPROTO, "raw words")) == "EPROTO"
    assert reason_of(OSError("raw words")) == "OSError"
