"""How a refusal is told, and the way on from it for who is alone in a world."""

from __future__ import annotations

from functools import partial

from mleg_tui.domain.account import OFFICE_LOGIN, Role
from mleg_tui.domain.errors import MlegError
from mleg_tui.domain.messages import N_
from mleg_tui.services.ordering import CannotOrder
from mleg_tui.ui.program import Program
from mleg_tui.ui.widgets.dialogs import Told, Way


def tell(program: Program, error: MlegError) -> None:
    """Show an error or a refusal, and offer a student to change what refuses the card."""
    way, alone = None, program.owns_world and not program.is_web and program.role is Role.STUDENT
    if alone and isinstance(error, CannotOrder) and not error.only_live_order:
        way = Way(N_("Bądź dziekanatem"), partial(_be_the_office, program))
    program.push_screen(Told(error, way))


async def _be_the_office(program: Program) -> None:
    """Open the student's file as the dean's office; who leaves it is the student again."""
    from mleg_tui.ui.office.student_screen import StudentScreen

    student = program.session
    office = await program.ask_store(partial(program.services.login.vouch, OFFICE_LOGIN))
    if student is None or office is None:
        return

    def back(_left: None) -> None:
        if program.session is office:
            program.session = student

    program.session = office
    file = StudentScreen(office, student.account.student or student.login)
    file.back, file.is_visit = N_("Jesteś teraz dziekanatem. Esc wraca do studenta."), True
    await program.push_screen(file, back)
