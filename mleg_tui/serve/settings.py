"""How a server was asked to run, and how much of it anybody may use."""

from __future__ import annotations

from dataclasses import dataclass

from mleg_tui.domain.text import SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Who comes beyond one of these gets a sentence. Times are in seconds."""

    sessions: int = 200
    per_address: int = 120
    """Behind one address may sit a whole class."""
    new_per_minute: int = 300
    """New sessions from one address."""
    login: int = 30
    """From the connection to the end of the authentication, and from there to the session."""
    idle: int = 30 * 60
    """Without a key, a click or a paste."""
    longest: int = 8 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the process that listens and the workers need to know."""

    host: str = "127.0.0.1"
    port: int = 0
    """0 takes a free one."""
    workers: int = 1
    language: str = SOURCE_LANGUAGE
    theme: str | None = None
    plain: bool = False
    """Whether sessions are for screen readers."""
    university: str | None = None
    sandbox: bool = False
    """Whether every visitor has a world of their own, and only the office the store."""
    world_data: str | None = None
    """The folder of demo data with which these worlds begin; the program's own without."""
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class SshSettings(Settings):
    """What only SSH asks."""

    host_key: str
    """The host key's file."""
    ssh_login: bool = False
    """Whether SSH itself asks who somebody is, instead of the login page."""
    authorized_keys: str | None = None
    """A folder with one file of public keys for each login."""
    follows_locale: bool = False
    """Whether a session begins in the language of the visitor's locale, if they send one."""
