"""Each profile's errand from the first screen to the last, by keys in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.errands import (
    SIZES,
    at_field,
    fill,
    go,
    set_up,
    student,
    tick,
    to_camera,
    until_ready,
)
from tests.end_to_end.program import command, copied, order_of, program
from tests.end_to_end.qr_reader import scan

ANNA, EWA, OLA, PIOTR = "anna.nowak", "ewa.lis", "ola.wisniewska", "piotr.zielinski"

at_each_size = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


@at_each_size
def test_fk_the_fee_is_paid_and_the_order_placed_on_the_payments_page(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    store = tmp_path / "store.json"
    with student(store, PIOTR, "Piotr Zieliński", size) as terminal:
        go(terminal, "p", "Należności dla: Biuro Obsługi Studentów")
        go(terminal, "o", "Żadne pieniądze nie płyną.")
        at_field(terminal, "Kwota (PLN):")
        terminal.press("enter")
        at_field(terminal, "Numer konta:")
        terminal.press("enter")
        terminal.wait_for("Wysłano 1 przelew, 22,00 PLN.")
        terminal.wait_for("Należności dla: Biuro Obsługi Studentów")

        command(store, "time forward 1d")
        terminal.wait_for("ostatnia migracja danych: 2026-03-03 03:00:00")
        terminal.wait_for(lambda screen: "Biuro Obsługi Studentów" not in screen.text)
        terminal.press("tab", "right")
        terminal.wait_for("Należności dla: Biuro Obsługi Studentów")
        terminal.wait_for("Razem: 107,00 PLN")

        command(store, f"office issue-els --user dziekanat --student {PIOTR}")
        go(terminal, "l", "✓ spełniony  Masz Elektroniczną Legitymację Studencką")
        go(terminal, "z", "Status:  ● oczekujący")
        until_ready(store)
        order = order_of(store, PIOTR)
        assert order["status"] == "READY"
        terminal.wait_for(lambda screen: scan(screen.cells()) == order["token"])
        terminal.wait_for("DALSZE CZYNNOŚCI NALEŻY")


@at_each_size
def test_pwr_the_order_waits_for_every_consent_and_keeps_what_was_agreed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    store = tmp_path / "store.json"
    titles = [
        "Zgoda na przekazanie danych",
        "Akceptacja regulaminu usługi",
        "Oświadczenie o prawdziwości danych",
    ]
    with student(store, OLA, "Ola Wiśniewska", size) as terminal:
        go(terminal, "l", "Możesz zamówić mLegitymację")
        go(terminal, "z", "Wniosek o wydanie mLegitymacji")
        tick(terminal, titles[:2])
        go(terminal, "tab", f"[ ] {titles[2]}")
        go(terminal, "tab", "[ Złóż wniosek i zamów ]")
        go(terminal, "enter", "✗ Bez wszystkich zgód nie można zamówić mLegitymacji.")
        terminal.press("escape")
        terminal.wait_for(lambda screen: "Wniosek" not in screen.text)
        assert order_of(store, OLA)["status"] is None

        go(terminal, "z", "Wniosek o wydanie mLegitymacji")
        tick(terminal, titles)
        go(terminal, "tab", "[ Złóż wniosek i zamów ]")
        go(terminal, "enter", "Status:  ● oczekujący")
        until_ready(store)
        terminal.wait_for("Kod aktywacyjny: ")

    order = order_of(store, OLA)
    assert [given["id"] for given in order["consents"]] == ["dane", "regulamin", "oswiadczenie"]
    wording = order["consents"][1]["text"]
    assert wording["pl"].startswith("Znam zasady korzystania z mLegitymacji:")
    assert wording["en"].startswith("I know how an mLegitymacja may be used:")
    assert {given["at"] for given in order["consents"]} == {order["history"][0]["at"]}
    assert [entry["status"] for entry in order["history"]] == ["PENDING", "IN_PROGRESS", "READY"]


@at_each_size
def test_umcs_all_on_the_phone_and_a_revoked_document_turns_invalid(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    store = tmp_path / "store.json"
    with student(store, EWA, "Ewa Lis", size) as terminal:
        go(terminal, "f7", "[ Mobilny USOS ]")
        go(terminal, "enter", "[ mLegitymacja ]")
        go(terminal, "enter", "[ Moja mLegitymacja ]")
        go(terminal, "enter", "[ Zamów mLegitymację ]")
        terminal.press("enter")
        terminal.wait_for("Twoje zamówienie jest w toku.")
        go(terminal, "f7", "DLA STUDENTÓW")
        go(terminal, "2", "Moje dane")
        until_ready(store)
        terminal.wait_for(
            "F7 ● Telefon" if size == (80, 24) else "Twoja mLegitymacja jest gotowa do"
        )

        order = order_of(store, EWA)
        go(terminal, "l", "Do odbioru")
        terminal.press("f7")
        terminal.wait_for("h Aplikacje")
        terminal.wait_for(order["token"])  # the code by it has found its size
        assert f"Kod aktywacyjny: {order['distribution_pass']}" in terminal.text
        terminal.press("k")
        terminal.wait_for(lambda screen: copied(screen) == [order["distribution_pass"]])

        terminal.press("o")
        set_up(terminal)
        to_camera(terminal)
        go(terminal, "enter", "[ Zeskanuj kod QR ]")
        terminal.press("enter")
        at_field(terminal, "kodu QR.")
        fill(terminal, order["distribution_pass"])
        terminal.wait_for("✓ Legitymacja została dodana")
        go(terminal, "enter", "Okazano: 2026-03-02 12:15:00")
        terminal.wait_for("Status: ✓ ważna")
        command(store, "time forward 42s")
        terminal.wait_for("Okazano: 2026-03-02 12:15:42")

        go(terminal, "f7", "Odebrana")
        terminal.wait_for("Twoja mLegitymacja jest zainstalowana w telefonie")
        go(terminal, "U", "Tego nie można cofnąć")
        terminal.press("left", "enter")
        terminal.wait_for("mLegitymacja została unieważniona.")
        go(terminal, "f7", "Status: ✓ ważna")
        go(terminal, "r", "Status: ✗ unieważniona")


@at_each_size
def test_agh_what_the_holder_shares_is_gone_after_three_minutes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    store = tmp_path / "store.json"
    with student(store, ANNA, "Anna Nowak", size) as terminal:
        go(terminal, "l", "Możesz zamówić mLegitymację")
        go(terminal, "z", "Status:  ● oczekujący")
        until_ready(store)
        terminal.wait_for("Status:  ✓ gotowy do pobrania")
        order = order_of(store, ANNA)
        terminal.press("f8")
        set_up(terminal)
        to_camera(terminal)
        go(terminal, "tab", "[ Nie zezwalaj ]")
        terminal.press("enter")
        at_field(terminal, "Token (tekst kodu QR):")
        token = order["token"]
        fill(terminal, f" {token[:8]} {token[8:16]}  {token[16:]}".rstrip())
        at_field(terminal, "kodu QR.")
        fill(terminal, order["distribution_pass"])
        terminal.wait_for("✓ Legitymacja została dodana")
        go(terminal, "enter", "Status: ✓ ważna")

        beside = program(
            store, "--user", "kontroler", size=size, environ={"MLEG_TUI_PASSWORD": "demo"}
        )
        with beside as inspector:
            inspector.wait_for("[ Rozpocznij sprawdzenie ]")
            go(inspector, "enter", "Kod sprawdzenia: ")
            code = inspector.text.split("Kod sprawdzenia: ")[1][:7]
            terminal.press("p")
            at_field(terminal, "dokument.")
            fill(terminal, code)
            terminal.wait_for("O Twoje dane prosi: Kontroler")
            assert "Nowak" not in inspector.text
            terminal.press("enter")
            terminal.wait_for("Dane udostępniono: Kontroler (symulacja)")
            inspector.wait_for("Status: ✓ ważna")
            inspector.wait_for("Nazwisko: Nowak")

            command(store, "time forward 3m")
            inspector.wait_for("Czas tego sprawdzenia minął")
            inspector.wait_for(lambda screen: "Nowak" not in screen.text)
