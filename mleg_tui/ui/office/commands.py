"""Every command that is the office's alone."""

from __future__ import annotations

from mleg_tui.ui.office.file_commands import FILE_COMMANDS
from mleg_tui.ui.office.list_commands import LIST_COMMANDS
from mleg_tui.ui.office.simulation_commands import SIMULATION_COMMANDS

OFFICE_COMMANDS = (*LIST_COMMANDS, *FILE_COMMANDS, *SIMULATION_COMMANDS)
