"""Every page at a desk, in the order of the navigation; and nothing else."""

from board.core.roles import Role
from displays.arrivals_page import ARRIVALS_PAGE
from displays.binding_pages import BINDING_PAGES
from displays.calls_page import calls_page
from displays.car_pages import CAR_PAGES
from displays.catalogue_page import catalogue_page
from displays.checks_list import checks_page
from displays.clocks_page import clocks_page
from displays.delivery_pages import DELIVERY_PAGES
from displays.desk_pages import DeskPage
from displays.devices_page import DEVICES_PAGES
from displays.holds_page import holds_page, owners, read_waits
from displays.order_extra import REPORTERS, report_sheet
from displays.order_prints import ORDER_PRINTS
from displays.order_tabs import ORDER_PAGES
from displays.parts_pages import AT_THE_STORE, parts_desk
from displays.screens_page import SCREENS_PAGES
from displays.views.parts import N_

CHECKERS = frozenset({Role.inspector, Role.team_leader, Role.technician, Role.controller})

PAGES: tuple[DeskPage, ...] = (
    ARRIVALS_PAGE,
    *ORDER_PAGES,
    *ORDER_PRINTS,
    *CAR_PAGES,
    *DELIVERY_PAGES,
    DeskPage("/parts", parts_desk, AT_THE_STORE, N_("Parts desk")),
    DeskPage("/holds", holds_page, frozenset({Role.controller}), N_("Holds"), read_waits, owners),
    DeskPage("/calls", calls_page, frozenset({Role.controller}), N_("Help calls")),
    DeskPage("/checks", checks_page, CHECKERS, N_("Checks")),
    DeskPage("/clocks", clocks_page, frozenset({Role.controller, Role.team_leader}), N_("Clocks")),
    DeskPage(
        "/admin/catalogue", catalogue_page, frozenset({Role.manager}), N_("Catalogue of work")
    ),
    *SCREENS_PAGES,
    *BINDING_PAGES,
    *DEVICES_PAGES,
    DeskPage("/tablet/found/{job}", report_sheet, REPORTERS),
)
