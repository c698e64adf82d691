"""The public keys of the accounts, and what OpenSSH lets a line ask for."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncssh
import pytest

from mleg_tui.serve.ssh.authorized_keys import authorized_keys, usable_line

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINYqWT/EIyThQj0LL6MgKVCSi4+u+LummbtM6YFpiKWl"
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.1"


def options_of(line: str, address: str = HERE, now: datetime = NOW) -> object:
    """Return what asyncssh makes of a line for somebody from an address; ``None`` if nothing."""
    keys = asyncssh.import_authorized_keys(usable_line(line, now))
    return keys.validate(asyncssh.import_public_key(KEY), address, address)


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ("", {}),
        ("no-port-forwarding,no-X11-forwarding,no-agent-forwarding,no-user-rc ", {}),
        ('permitopen="10.0.0.1:22",permitlisten="8080",tunnel="1" ', {}),
        ("agent-forwarding,port-forwarding,user-rc,X11-forwarding ", {}),
        ("no-pty ", {"no-pty": True}),
        ("NO-PTY\t", {"no-pty": True}),
        ("restrict ", {"no-pty": True}),
        ("restrict,pty ", {}),
        ("pty,restrict ", {"no-pty": True}),
        ("no-touch-required ", {"no-touch-required": True}),
        ('command="order status" ', {"command": "order status"}),
        (
            'command="order status --user \\"x\\" \\n, z" ',
            {"command": 'order status --user "x" \\n, z'},
        ),
        ('expiry-time="20261006",restrict ', {"no-pty": True}),
    ],
)
def test_what_a_line_asks_for_is_done(options: str, left: object) -> None:
    assert options_of(f'{options}{KEY} a comment, with "this"') == left


@pytest.mark.parametrize(
    "options",
    [
        'environment="LD_PRELOAD=evil.so"',
        "verify-required",
        "never-heard-of",
        'never-heard-of="x"',
        "no-pty,",
        "no-pty,,restrict",
        'no-pty="yes"',
        "command=order",
        "command",
        'command="order',
        'command="order\\"',
        'command="order status",command="order cancel"',
        'from="192.0.2.7",from="*"',
        'from=""',
        'from="192.0.2.7/24"',
        'from="!192.0.2.999/40,*"',
        'from="!evil.example,*"',
        'expiry-time=""',
        'expiry-time="2026-10-06"',
        'expiry-time="20261399"',
        'expiry-time="00010101"',
        'expiry-time="20261005115959Z"',
        'expiry-time="20991231",expiry-time="20260101"',
        'Expiry-Time="20260101"',
        "no-pty no-user-rc",
    ],
)
def test_a_line_that_asks_for_something_else_is_not_used(options: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        usable_line(f"{options} {KEY}", NOW)


@pytest.mark.parametrize(
    "line", ["no key", "no-pty", KEY[:30], f"no-pty {KEY[:30]}", f"x {KEY}", '"', KEY[12:]]
)
def test_what_is_no_line_is_not_used(line: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        usable_line(line, NOW)


@pytest.mark.parametrize(
    ("patterns", "is_let_in"),
    [
        (HERE, True),
        ("192.0.2.*", True),
        ("192.0.2.0/24,10.0.0.0/8", True),
        ("*,!192.0.2.7", False),
        ("!192.0.2.0/24,*", False),
        (ELSEWHERE, False),
        ("2001:db8::/32", False),
    ],
)
def test_a_line_may_be_for_addresses(patterns: str, is_let_in: bool) -> None:  # noqa: FBT001
    assert (options_of(f'from="{patterns}" {KEY}') is not None) is is_let_in


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("20261006Z", datetime(2026, 10, 6, tzinfo=UTC)),
        ("202610061230utc", datetime(2026, 10, 6, 12, 30, tzinfo=UTC)),
        ("20261006123015Z", datetime(2026, 10, 6, 12, 30, 15, tzinfo=UTC)),
        ("202610061230", datetime(2026, 10, 6, 12, 30).astimezone()),
    ],
)
def test_a_line_may_have_its_time(written: str, ends: datetime) -> None:
    line = f'expiry-time="{written}" {KEY}'
    assert options_of(line, now=ends) == {}
    with pytest.raises(ValueError, match="over"):
        usable_line(line, ends + timedelta(seconds=1))


def test_the_line_of_a_certificate_authority_is_used() -> None:
    line = f'cert-authority,principals="anna.nowak,ewa.lis" {KEY}'
    keys = asyncssh.import_authorized_keys(usable_line(line, NOW))
    key = asyncssh.import_public_key(KEY)
    assert keys.validate(key, HERE, HERE, ["ewa.lis"], ca=True)
    assert keys.validate(key, HERE, HERE, ["jan.kowalski"], ca=True) is None
    assert keys.validate(key, HERE, HERE) is None


def test_the_lines_that_are_good_count_and_the_others_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = ["# a comment", "", f'environment="A=b" {KEY}', f"  restrict {KEY}", "nonsense"]
    (tmp_path / "ewa.lis").write_text("\n".join(lines))
    keys = authorized_keys(tmp_path, "ewa.lis", NOW)
    assert keys.validate(asyncssh.import_public_key(KEY), HERE, HERE) == {"no-pty": True}
    assert [record.getMessage().partition(" is not used")[0] for record in caplog.records] == [
        "the keys of ewa.lis: line 3",
        "the keys of ewa.lis: line 5",
    ]
    assert KEY.split()[1] not in caplog.text


def has_key(folder: Path, name: str = "ewa.lis") -> bool:
    keys = authorized_keys(folder, name, NOW)
    return keys.validate(asyncssh.import_public_key(KEY), HERE, HERE) is not None


@pytest.mark.parametrize("kind", ["fifo", "link to a fifo", "folder", "device", "link to itself"])
def test_what_is_no_file_is_neither_used_nor_waited_for(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "ewa.lis"
    if kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "link to itself":
        path.symlink_to(path)
    else:
        pipe = path if kind == "fifo" else tmp_path / "pipe"
        os.mkfifo(pipe)
        if pipe != path:
            path.symlink_to(pipe)
    assert not has_key(tmp_path)
    assert "the keys of ewa.lis are not used" in caplog.text


def test_what_becomes_a_pipe_meanwhile_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ewa.lis"
    path.write_text(KEY)
    opened = os.open

    def open_later(name: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return opened(name, flags)

    monkeypatch.setattr(os, "open", open_later)
    assert not has_key(tmp_path)


def test_a_file_that_is_too_large_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "ewa.lis").write_text(f"{KEY}\n" + "#" * 65_536)
    assert not has_key(tmp_path)
    (tmp_path / "ewa.lis").write_text(f"{KEY}\n" + "#" * 60_000)
    assert has_key(tmp_path)


@pytest.mark.parametrize("name", ["../ewa.lis", "ewa.lis/", "", ".", "nobody", "EWA.LIS", "e\0"])
def test_other_names_have_no_keys(tmp_path: Path, name: str) -> None:
    (tmp_path / "ewa.lis").write_text(KEY)
    assert not has_key(tmp_path, name)


def test_a_link_to_a_file_is_used(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(KEY)
    (tmp_path / "ewa.lis").symlink_to(tmp_path / "key.pub")
    assert has_key(tmp_path)
