"""Every screen in every state, as scenes that are played the same way each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mleg_tui.domain.messages import N_
from mleg_tui.domain.order import OrderStatus
from mleg_tui.errands.steps import (
    BreakStore,
    Fill,
    Forward,
    Give,
    Idle,
    Key,
    LogIn,
    Office,
    Order,
    PhoneAdd,
    Step,
    WaitFor,
)
from mleg_tui.gallery.beginning import NewStore
from mleg_tui.gallery.camera import take
from mleg_tui.gallery.elsewhere import adapted, check
from mleg_tui.gallery.office_scenes import OFFICE_SCENES
from mleg_tui.gallery.payment_scenes import PAYMENT_SCENES
from mleg_tui.gallery.phone_scenes import INSPECTOR_SCENES, PHONE_SCENES
from mleg_tui.gallery.picture import Picture
from mleg_tui.gallery.stage import Stage
from mleg_tui.simulation.progress import REJECTED

ANNA = "anna.nowak"
"""AGH: may order."""
JAN = "jan.kowalski"
"""AGH: the plastic card was not extended."""
OLA = "ola.wisniewska"
"""PWr: asks for consents."""
PIOTR = "piotr.zielinski"
"""FK: a fee is unpaid, and the order is on the payments page."""
EWA = "ewa.lis"
"""UMCS: the rules of 2025, the newer labels, and Mobilny USOS."""
OFFICE = "dziekanat"

_PAGE = Give("usosweb.mlegitymacja")
_ORDER = Give("mlegitymacja.order")
_WRONG = LogIn(ANNA, "nie to", refused=("WRONG_CREDENTIALS",))
_PENDING = (_PAGE, _ORDER)
_IN_PROGRESS = (*_PENDING, WaitFor(OrderStatus.IN_PROGRESS))
_READY = (*_PENDING, WaitFor(OrderStatus.READY))
_YES = (Key("left"), Key("enter"))
"""A question has its focus on the safe answer, from which the act is one step away."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A stable dotted name, who is logged in, and what happens before the picture.

    ``size`` is for a screen that exists in one size only.
    """

    name: str
    user: str | None = None
    steps: tuple[Step, ...] = ()
    size: tuple[int, int] | None = None


_ALL = (
    Scene("usosweb.login"),
    Scene("usosweb.login.refused", None, (_WRONG,)),
    Scene("usosweb.login.throttled", None, (_WRONG, _WRONG, _WRONG, _WRONG)),
    Scene("usosweb.login.expired", ANNA, (Idle("20m"),)),
    Scene("usosweb.news", ANNA),
    Scene("usosweb.my_data", ANNA, (Give("usosweb.mine"),)),
    Scene("usosweb.my_data.staff", OFFICE, (Give("usosweb.mine"),)),
    Scene("usosweb.students", ANNA, (Give("usosweb.students"),)),
    Scene("usosweb.students.menu", ANNA, (Give("usosweb.students"), Give("usosweb.menu"))),
    Scene("usosweb.mlegitymacja.none", ANNA, (_PAGE,)),
    Scene("usosweb.mlegitymacja.pending", ANNA, _PENDING),
    Scene("usosweb.mlegitymacja.in_progress", ANNA, _IN_PROGRESS),
    Scene("usosweb.mlegitymacja.ready", ANNA, _READY),
    Scene("usosweb.mlegitymacja.collected", ANNA, (*_READY, PhoneAdd())),
    Scene(
        "usosweb.mlegitymacja.error",
        ANNA,
        (*_IN_PROGRESS, Office("fail", REJECTED)),
    ),
    Scene("usosweb.mlegitymacja.cancelled", ANNA, (*_PENDING, Give("mlegitymacja.cancel"), *_YES)),
    Scene("usosweb.mlegitymacja.revoked", ANNA, (*_READY, Give("mlegitymacja.revoke"), *_YES)),
    Scene("usosweb.mlegitymacja.expired", ANNA, (*_READY, Forward(by="365d"))),
    Scene("usosweb.mlegitymacja.codes_expired", ANNA, (*_READY, Forward(by="30d"))),
    Scene("usosweb.mlegitymacja.refused", JAN, (_PAGE,)),
    Scene("usosweb.mlegitymacja.skin_2026", EWA, _PENDING),
    Scene("usosweb.mlegitymacja.ask_cancel", ANNA, (*_PENDING, Give("mlegitymacja.cancel"))),
    Scene("usosweb.mlegitymacja.ask_revoke", ANNA, (*_READY, Give("mlegitymacja.revoke"))),
    Scene("usosweb.mlegitymacja.why_not", JAN, (_PAGE, _ORDER)),
    Scene("usosweb.mlegitymacja.consents", OLA, (_PAGE, _ORDER)),
    Scene(
        "usosweb.mlegitymacja.consents.missing",
        OLA,
        (_PAGE, _ORDER, Key("shift+tab", 2), Key("enter")),
    ),
    Scene("usosweb.qr", ANNA, (*_READY, Give("mlegitymacja.qr"))),
    Scene(
        "usosweb.qr.large",
        ANNA,
        (*_READY, Give("mlegitymacja.qr"), Give("qr.large")),
        size=(120, 40),
    ),
    Scene(
        "usosweb.staff_orders",
        OFFICE,
        (
            Order(who=ANNA),
            WaitFor(OrderStatus.READY, who=ANNA),
            Order(who=OLA),
            Give("usosweb.staff"),
        ),
    ),
    Scene("usosweb.staff_only", ANNA, (Give("usosweb.staff"),)),
    Scene("usosweb.payments", PIOTR, (Give("usosweb.payments"),)),
    Scene("phone.home", EWA, (Give("desk.switch"),)),
    Scene("mobilny_usos.menu", EWA, (Give("desk.switch"), Give("phone.mobilny_usos"))),
    *(Scene(*told) for told in (*PAYMENT_SCENES, *PHONE_SCENES, *INSPECTOR_SCENES, *OFFICE_SCENES)),
    Scene("app.help", ANNA, (_PAGE, Give("app.help"))),
    Scene("app.palette", ANNA, (_PAGE, Give("app.palette"))),
    Scene("app.palette.search", ANNA, (_PAGE, Give("app.palette"), Fill(text=N_("zamow")))),
    Scene("app.settings", ANNA, (_PAGE, Give("app.settings"))),
    Scene("app.jump", ANNA, (_PAGE, Give("app.jump"))),
    Scene("app.store_failed", ANNA, (_PAGE, BreakStore(), Give("usosweb.refresh"))),
    Scene("app.too_small", size=(40, 15)),
)

SCENES: Mapping[str, Scene] = {scene.name: scene for scene in _ALL}


async def shoot(
    scene: Scene,
    new_store: NewStore,
    *,
    size: tuple[int, int],
    language: str,
    theme: str,
    data: Path | None = None,
    university: str | None = None,
    drawn: bool = False,
    plain: bool = False,
) -> Picture:
    """Play a scene on a fresh store and take its picture; ``data`` is another demo data folder.

    With a ``university`` it is played there. Raises ``NoSense`` where that makes no sense, and
    ``UnknownUniversity``.
    """
    stage = Stage(new_store, scene.user, language, theme, data, university=university, plain=plain)
    steps = scene.steps
    if university is not None:
        profile = stage.services.campus.university(university)
        check(scene.name, steps, profile)
        steps = tuple(adapted(scene.name, steps, profile))
    return await take(
        lambda: stage.app,
        scene.size or size,
        lambda _pilot: stage.play(steps),
        name=scene.name,
        lang=language,
        drawn=drawn,
    )
