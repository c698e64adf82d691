"""Records to keep, one of each kind and as full as can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mleg_tui.domain.account import Account, LoginAttempts, Role
from mleg_tui.domain.audit import Event, FieldChange
from mleg_tui.domain.classroom import (
    ClassExercise,
    Classroom,
    Frame,
    Message,
    Participant,
    Presence,
    Result,
    WorldRecord,
)
from mleg_tui.domain.codes import issue
from mleg_tui.domain.exercise import (
    Attempt,
    Difficulty,
    Exercise,
    Player,
    StartedExercise,
    WrongWay,
)
from mleg_tui.domain.exercise import (
    Condition as GoalCondition,
)
from mleg_tui.domain.fees import BankAccount, Due, Payment, Purpose
from mleg_tui.domain.order import (
    AGENT,
    Actor,
    ActorKind,
    Command,
    ConsentGiven,
    Order,
    OrderStatus,
    codes_issued,
    placed,
    transition,
)
from mleg_tui.domain.phone import Document, Phone, Validity
from mleg_tui.domain.student import (
    Els,
    Enrolment,
    EnrolmentStatus,
    Photo,
    PhotoStatus,
    Student,
    StudyLevel,
)
from mleg_tui.domain.text import LocalText
from mleg_tui.domain.university import (
    Condition,
    Consent,
    OrderPath,
    Regulation,
    Skin,
    University,
    ValidityRule,
)
from mleg_tui.domain.verification import Verification
from mleg_tui.services.store import Record
from mleg_tui.simulation.faults import Faults, Outage
from mleg_tui.simulation.timeline import Timeline
from mleg_tui.simulation.world import World

NOW = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$c29tZWhhc2hzb21laGFzaA"
_ANNA = Actor(ActorKind.STUDENT, "anna")
_AGREED = LocalText({"pl": "Zgadzam się.", "en": "I agree."})


def order(id_: str = "AGH-1", student: str = "anna") -> Order:
    """Return an order as it is when it is placed."""
    return placed(
        id=id_,
        student=student,
        university="agh",
        student_number="400001",
        at=NOW,
        expiration_date=date(2027, 3, 31),
        by=_ANNA,
        consents=(ConsentGiven("data", "1", NOW, _AGREED),),
    )


def cancelled(before: Order) -> Order:
    """Return an order after its student cancelled it."""
    return transition(before, Command.CANCEL, by=_ANNA, at=NOW)


def ready(before: Order) -> Order:
    """Return an order after its codes were issued."""
    later = transition(before, Command.HAND_OVER, by=AGENT, at=NOW)
    return codes_issued(later, issue(7, before.id), at=NOW, codes_valid_days=30)


def account(id_: str = "dziekanat") -> Account:
    """Return the account of an office."""
    return Account(id=id_, role=Role.OFFICE, name="Żółć", password_hash=HASH)


def student() -> Student:
    """Return a student with a photo and a card."""
    return Student(
        id="anna",
        university="agh",
        first_name="Anna",
        last_name="Nowak-Źrebięca",
        birth_date=date(2004, 2, 29),
        enrolment=Enrolment(StudyLevel.FIRST_CYCLE, until=date(2027, 6, 30)),
        pesel="44051401350",
        student_number="400001",
        photo=Photo(PhotoStatus.APPROVED, "portrait-1"),
        els=Els(date(2025, 10, 1), date(2026, 10, 31), "Nowak"),
    )


def university() -> University:
    """Return a university with every kind of data that one can have."""
    text = LocalText({"pl": "Zażółć", "en": "Yellow"})
    return University(
        id="agh",
        name=text,
        address="usosweb.agh.example",
        contact="pomoc@agh.example",
        regulation=Regulation("2023", tuple(Condition), ValidityRule.SEMESTER),
        skin=Skin("standard", dict.fromkeys(OrderStatus, text)),
        paths=(OrderPath.MENU, OrderPath.MOBILE),
        consents=(Consent("data", "1", text, text),),
    )


def world() -> World:
    """Return a world with an outage that ends and one that does not."""
    outages = (Outage(NOW, NOW + timedelta(hours=1)), Outage(NOW))
    return World(
        timeline=Timeline(anchor=NOW, real=NOW.replace(microsecond=123456), speed=60.5),
        seed=7,
        faults=Faults(agent=outages, rejections_per_mille=5),
    )


def document() -> Document:
    """Return a document as a phone holds it."""
    return Document(
        order="AGH-1",
        first_name="Anna",
        second_name=None,
        last_name="Nowak",
        birth_date=date(2004, 2, 29),
        pesel="44051401350",
        university=LocalText({"pl": "Zażółć", "en": "Yellow"}),
        student_number="400001",
        picture="owl",
        issued_on=date(2026, 10, 5),
        expiration_date=date(2027, 3, 31),
        validity=Validity.VALID,
        updated_at=NOW,
    )


def every_kind() -> tuple[Record, ...]:
    """Return one record of each kind."""
    return (
        account(),
        LoginAttempts(id="anna", failures=2, last_at=1_790_000_000),
        replace(ready(order()), version=3),
        Due(
            id="due-1",
            student="anna",
            unit=LocalText({"pl": "Wydział", "en": "Faculty"}),
            purpose=Purpose.ELS,
            kind=LocalText({"pl": "Opłata", "en": "Fee"}),
            description=LocalText({"pl": "ELS", "en": "ELS"}),
            amount=2200,
            deadline=date(2026, 11, 30),
            account_number="1" * 26,
            plan=LocalText({"pl": "Plan", "en": "Plan"}),
        ),
        Payment(id="pay-1", student="anna", amount=2200, account_number="1" * 26, made_at=NOW),
        BankAccount(id="acc-1", student="anna", number="2" * 26),
        Phone(id="anna-1", owner="anna", number=1, camera=False, document=document()),
        Verification(
            id="012345",
            inspector="kontroler",
            asked_at=NOW,
            ends_at=NOW + timedelta(minutes=3),
            validity=Validity.VALID,
            document=document(),
        ),
        StartedExercise(
            id="photo-waiting",
            title=LocalText({"pl": "Zdjęcie", "en": "Photo"}),
            student="anna",
            exercise=Exercise(
                task=LocalText({"pl": "Zatwierdź", "en": "Approve"}),
                difficulty=Difficulty.EASY,
                played_by=Player.OFFICE,
                goal=(
                    GoalCondition(documents={"1": Validity.VALID, "2": None}),
                    GoalCondition(can_order=False, refused=("NO_PESEL",)),
                ),
                hints=(LocalText({"pl": "Akta", "en": "File"}),),
                wrong_ways=(
                    WrongWay(
                        GoalCondition(who="jan", enrolment=EnrolmentStatus.STRUCK_OFF),
                        LocalText({"pl": "Nie", "en": "No"}),
                    ),
                ),
            ),
            attempts=(Attempt(started_at=NOW, hints=1, solved_at=NOW), Attempt(started_at=NOW)),
        ),
        Classroom(
            id="grupa-2",
            name="Grupa 2",
            word="klon42",
            exercises=(ClassExercise("photo-waiting", LocalText({"pl": "Zdjęcie"}), 2, 1),),
            opened_at=NOW,
            stopped=True,
            message=Message("Zaczynamy", NOW),
        ),
        Participant(
            id="grupa-2/żółw",
            classroom="grupa-2",
            nickname="Żółw",
            number="012345",
            joined_at=NOW,
            hints=1,
            results=(Result(exercise="photo-waiting", began_at=NOW, moved_on_at=NOW),),
            seat="a1",
            presence=Presence("usosweb.login", "app.help", NOW),
            message=Message("Brawo", NOW),
            watched_until=NOW,
        ),
        WorldRecord(id="grupa-2/żółw/orders/AGH-1", participant="grupa-2/żółw", line="{}"),
        Frame(id="grupa-2/żółw", text="[]", until=NOW),
        Event(
            id="event-1",
            at=NOW,
            real_at=NOW,
            actor="anna",
            table="orders",
            record="AGH-1",
            changes=(FieldChange("status", "", "PENDING"),),
            reason="tak",
        ),
        student(),
        university(),
        world(),
    )
