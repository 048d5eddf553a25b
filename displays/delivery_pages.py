"""The pages of the day and of the gate, and what is printed there."""

from board.core import commands as c
from board.core.permissions import ASKERS
from board.core.roles import Role
from displays.day_page import day_page, day_print
from displays.desk_pages import DeskPage
from displays.gate_page import gate, gate_pass
from displays.views.parts import N_

_OF_THE_DAY = frozenset({Role.controller, Role.advisor})
_AT_THE_TILL = frozenset({Role.cashier, Role.advisor})

DELIVERY_PAGES: tuple[DeskPage, ...] = (
    DeskPage("/day", day_page, _OF_THE_DAY, N_("The day")),
    DeskPage("/print/day", day_print, _OF_THE_DAY),
    DeskPage("/gate", gate, ASKERS[c.UseGatePass], N_("Gate")),
    DeskPage("/print/{job}/gate-pass", gate_pass, _AT_THE_TILL),
)
