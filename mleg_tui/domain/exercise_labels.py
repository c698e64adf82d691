"""What the parts of an exercise are called."""

from __future__ import annotations

from collections.abc import Mapping

from mleg_tui.domain.exercise import Difficulty, Player
from mleg_tui.domain.messages import N_, MessageId
from mleg_tui.domain.phone import Validity

DIFFICULTY_LABELS: Mapping[Difficulty, MessageId] = {
    Difficulty.EASY: N_("łatwe"),
    Difficulty.MEDIUM: N_("średnie"),
    Difficulty.HARD: N_("trudne"),
}
PLAYER_LABELS: Mapping[Player, MessageId] = {
    Player.STUDENT: N_("student"),
    Player.OFFICE: N_("dziekanat"),
    Player.BOTH: N_("oboje"),
}
FACT_LABELS: Mapping[str, MessageId] = {
    "status": N_("Zamówienie"),
    "orders": N_("Liczba zamówień"),
    "more_orders_than": N_("Zamówień więcej niż"),
    "reason": N_("Powód"),
    "can_order": N_("Może zamówić"),
    "why_cannot_order": N_("Przyczyny odmowy"),
    "owes": N_("Do zapłaty"),
    "rail_discount": N_("Ulga kolejowa"),
    "photo": N_("Zdjęcie"),
    "enrolment": N_("Status studenta"),
    "last_name": N_("Nazwisko"),
    "pesel": N_("Numer PESEL w USOS"),
    "student_number": N_("Numer albumu w USOS"),
    "els_valid": N_("ELS ważna w USOS"),
    "refused": N_("Przeczytana odmowa"),
    "changed": N_("Zmieniono"),
}
"""What the facts of a condition are called; a document is named by its phone."""
DOCUMENT_LABEL = N_("Dokument w telefonie {phone}")
VALIDITY_LABELS: Mapping[Validity, MessageId] = {
    Validity.VALID: N_("ważny"),
    Validity.EXPIRED: N_("wygasły"),
    Validity.REVOKED: N_("unieważniony"),
}
