"""What those who move an order are called."""

from __future__ import annotations

from collections.abc import Mapping

from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.order import ActorKind

ACTOR_LABELS: Mapping[ActorKind, MessageId] = {
    ActorKind.STUDENT: N_("student"),
    ActorKind.OFFICE: N_("dziekanat"),
    ActorKind.AGENT: N_("agent USOS"),
    ActorKind.MINISTRY: N_("system mObywatel"),
    ActorKind.PHONE: N_("aplikacja mObywatel"),
}
