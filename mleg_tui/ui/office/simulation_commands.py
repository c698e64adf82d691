"""The commands of the simulation desk."""

from __future__ import annotations

from mleg_tui.domain.messages import N_
from mleg_tui.ui.command import Place, UserCommand

SIMULATION_COMMANDS = (
    UserCommand(
        "simulation.pause",
        ("z",),
        N_("Zatrzymaj | wznów czas"),
        N_("Zatrzymuje czas symulacji albo puszcza go dalej."),
        Place.SIMULATION,
        rank=2,
    ),
    UserCommand(
        "simulation.step",
        ("k",),
        N_("Następne zdarzenie"),
        N_("Przesuwa czas do najbliższego zdarzenia."),
        Place.SIMULATION,
        rank=3,
    ),
    UserCommand(
        "simulation.forward",
        ("n",),
        N_("Naprzód o…"),
        N_("Przesuwa czas naprzód o podany okres."),
        Place.SIMULATION,
        rank=4,
    ),
    UserCommand(
        "simulation.forward_to",
        ("t",),
        N_("Naprzód do daty…"),
        N_("Przesuwa czas naprzód do podanej daty."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.speed",
        ("v",),
        N_("Tempo czasu…"),
        N_("Ustala, jak szybko płynie czas symulacji."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.agent",
        ("a",),
        N_("Agent USOS"),
        N_("Wyłącza albo włącza agenta USOS, który wysyła zamówienia."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.ministry",
        ("i",),
        N_("System mObywatel"),
        N_("Wyłącza albo włącza system Ministerstwa."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.network",
        ("e",),
        N_("Sieć telefonów"),
        N_("Odcina telefony od sieci albo łączy je z powrotem."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.usosweb",
        ("u",),
        N_("USOSweb"),
        N_("Wyłącza albo włącza USOSweb."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.rejections",
        ("o",),
        N_("Odrzucenia…"),
        N_("Ustala, ile zamówień z tysiąca jest odrzucanych."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.slowdown",
        ("b",),
        N_("Spowolnienie…"),
        N_("Ustala, ile razy wolniej pracują systemy."),
        Place.SIMULATION,
    ),
    UserCommand(
        "simulation.scenario",
        ("c",),
        N_("Scenariusz…"),
        N_("Ustawia wybraną sytuację z jej studentami."),
        Place.SIMULATION,
        rank=5,
    ),
    UserCommand(
        "simulation.reset",
        ("X",),
        N_("Dane demonstracyjne"),
        N_("Wraca do danych demonstracyjnych; najpierw pyta."),
        Place.SIMULATION,
        is_final=True,
    ),
)
