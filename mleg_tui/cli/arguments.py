"""What a command line said, with its types. Options that were not given keep these values."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


class Arguments(argparse.Namespace):
    """The parsed command line; ``module`` is the one whose ``run`` obeys it."""

    module: str = "mleg_tui.cli.program"
    group: str | None = None
    command: str = ""

    store: str | None = None
    lang: str | None = None
    user: str | None = None
    json: bool = False

    university: str | None = None
    speed: str | None = None
    theme: str | None = None
    screen: str | None = None
    follow: str | None = None
    scenario: str | None = None
    served: str | None = None
    plain: bool | None = None

    phone: str = "1"
    accept_terms: bool = False
    code: str | None = None
    share: bool = False

    student: str | None = None
    order: str | None = None
    reason: str = ""
    due: str | None = None
    payment: str | None = None
    surname: str | None = None
    number: str | None = None
    ids: Sequence[str] = ()
    preview: bool = False

    text: str = ""
    status: Sequence[str] = ()
    of: str | None = None
    older: str | None = None
    sort: str | None = None
    descending: bool = False
    actor: str | None = None
    record: str | None = None
    since: str | None = None
    until: str | None = None
    limit: str | None = None
    csv: bool = False

    to: str | None = None
    state: str = ""
    name: str = ""

    consent: Sequence[str] = ()
    yes: bool = False
    rate: str = ""
    duration: str = ""
    data: str | None = None

    file: str | None = None
    roster: str | None = None
    replace: bool = False
    keep: str | None = None

    out: str | None = None
    check: str | None = None
    only: Sequence[str] = ()
    size: Sequence[str] = ()
    themes: Sequence[str] = ()
    format: Sequence[str] = ()
    update: bool = False
    actual: str = "actual"
    jobs: str | None = None

    listed: bool = False
    pace: str | None = None

    shell: str = ""

    config: str | None = None
    preset: str | None = None

    host: str = "127.0.0.1"
    port: str | None = None
    begin_at: str | None = None
    look: str | None = None
    calm: bool = False
    names: Sequence[str] = ()
    visitors: str | None = None

    host_key: str | None = None
    workers: str | None = None
    ssh_login: bool = False
    authorized_keys: str | None = None
    max_sessions: str | None = None
    max_per_address: str | None = None
    new_per_minute: str | None = None
    login_time: str | None = None
    idle_time: str | None = None
    longest: str | None = None
