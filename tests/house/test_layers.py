"""The arrows: which part may import which, and where each library lives."""

import ast
import sys
from fnmatch import fnmatch

from tests.house.source import OURS, functions, imports, python_files, tree

PARTS_OF_WORKSHOP = (
    "workshop_bell",
    "workshop_devices",
    "workshop_routes",
    "workshop_running",
    "workshop_screens",
    "workshop_sensors",
    "workshop_showing",
    "workshop_shown",
)
PARTS_OF_CLI = (
    "cli_catalogue",
    "cli_demo",
    "cli_devices",
    "cli_keep",
    "cli_erase",
    "cli_https",
    "cli_people",
    "cli_secure",
    "cli_serve",
    "cli_server",
    "cli_shop",
    "cli_workers",
)
OURS_OF_CLI = ("cli", *PARTS_OF_CLI, "settings", "workshop", "workshop_routes")

ARROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # The first row that fits a file says what of ours it may import.
    ("board/core/*", ("board.core",)),
    ("board/*", ("board",)),
    ("displays/views/*", ("board.core", "board.screen_look", "displays")),
    (
        "displays/*pages.py",
        (
            "board.core",
            "board.screen_look",
            "board.web.packing",
            "board.web.session",
            "displays",
        ),
    ),
    ("displays/dialogs.py", ("board.core", "board.web.session", "displays")),
    ("displays/*", ("board.core", "board.screen_look", "displays")),
    ("devices/*", ("board.core", "devices")),
    ("migrations/*", ("board.tables",)),
    ("scripts/docs.py", ("board.codec", "board.core")),
    ("scripts/*", ()),
    (
        "settings.py",
        ("board.database", "board.web.proxies", "devices.address", "devices.speech_engine"),
    ),
    ("workshop*.py", ("board", "displays", "devices", "settings", *PARTS_OF_WORKSHOP)),
    ("simulator/*", ("simulator", "devices.publisher")),
    (
        "cli_devices.py",
        (
            *OURS_OF_CLI,
            "board.core.slips",
            "board.languages",
            "devices.binding_tables",
            "devices.broker_files",
            "devices.openings",
            "devices.own_presence",
            "devices.profiles.shelf",
        ),
    ),
    ("cli_demo.py", (*OURS_OF_CLI, "board.secret", "devices.badges", "simulator")),
    ("cli*.py", (*OURS_OF_CLI, "board", "devices.address", "displays.protocol", "simulator")),
    ("bench/schedules.py", ("bench", "tests.faults", "tests.servers")),
    ("bench/*", (*(OURS - {"tests"}), "tests.servers")),
    ("tests/*", tuple(OURS)),
)

HOMES: dict[str, tuple[str, ...]] = {
    "starlette": (
        "board/web/*",
        "displays/*pages.py",
        "displays/dialogs.py",
        "displays/admission.py",
        "displays/socket.py",
        "displays/protocol.py",
        "workshop*.py",
    ),
    "sqlalchemy": (
        "board/car_files.py",
        "board/car_keys.py",
        "board/columns.py",
        "board/eras*.py",
        "board/journal_rows.py",
        "board/refolding.py",
        "board/resealing.py",
        "board/retention.py",
        "board/tables.py",
        "board/tables_of_access.py",
        "board/database*.py",
        "board/migrating.py",
        "board/versions.py",
        "board/journal_sql.py",
        "board/journal_statements.py",
        "board/inquiries.py",
        "board/lease.py",
        "board/outages.py",
        "board/accounts*",
        "board/seals.py",
        "board/backup*",
        "board/search*",
        "board/shops.py",
        "migrations/*",
    ),
    "jinja2": ("displays/render.py", "displays/phrases.py"),
    "openpyxl": (),
    "PIL": ("board/photo_image.py", "bench/picture_camera.py", "simulator/drawings.py"),
    "paho": ("devices/mqtt*.py",),
    "redis": ("board/doorbell_redis.py",),
    "cryptography": ("board/authority.py", "board/seal.py", "devices/access.py"),
}

# fmt: off
IMPURE = frozenset({
    "asyncio", "concurrent", "contextvars", "getpass", "glob", "http", "importlib", "io",
    "locale", "logging", "multiprocessing", "os", "pathlib", "pickle", "platform", "queue",
    "random", "sched", "secrets", "select", "selectors", "shutil", "signal", "smtplib",
    "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid",
})
# fmt: on
CLOCKS = frozenset({"now", "utcnow", "today"})


def _inside(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def _may_import(file: str) -> tuple[str, ...]:
    return next(allowed for pattern, allowed in ARROWS if fnmatch(file, pattern))


def test_every_import_follows_the_arrows() -> None:
    wrong = [
        f"{file}:{line} imports {module}"
        for file in python_files()
        for line, module in imports(file)
        if module.partition(".")[0] in OURS and not _inside(module, _may_import(file))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_core_uses_only_pure_parts_of_the_standard_library() -> None:
    wrong = [
        f"{file}:{line} imports {module}"
        for file in python_files()
        for line, module in imports(file)
        if fnmatch(file, "board/core/*") and not _is_pure(module.partition(".")[0])
    ]
    assert not wrong, "\n".join(wrong)


def _is_pure(module: str) -> bool:
    return module == "board" or (module in sys.stdlib_module_names and module not in IMPURE)


def test_the_core_reads_no_clock_opens_no_file_and_waits_for_nothing() -> None:
    wrong = [
        f"{file}:{node.lineno} {ast.unparse(node)[:60]}"
        for file in python_files()
        for node in ast.walk(tree(file))
        if fnmatch(file, "board/core/*") and isinstance(node, ast.expr | ast.stmt) and _acts(node)
    ]
    assert not wrong, "\n".join(wrong)


def _acts(node: ast.AST) -> bool:
    match node:
        case ast.AsyncFunctionDef() | ast.Await() | ast.Global():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in {"open", "print", "input"}
        case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=name)):
            return name in CLOCKS
    return False


def test_each_library_lives_in_its_own_few_files() -> None:
    wrong = [
        f"{file}:{line} imports {module}"
        for file in python_files()
        for line, module in imports(file)
        if not file.startswith(("tests/", "bench/")) and _away_from_home(file, module)
    ]
    assert not wrong, "\n".join(wrong)


def _away_from_home(file: str, module: str) -> bool:
    homes = HOMES.get(module.partition(".")[0])
    return homes is not None and not any(fnmatch(file, home) for home in homes)


def test_nothing_is_imported_inside_a_function() -> None:
    wrong = [
        f"{file}:{node.lineno}"
        for file in python_files()
        for function in functions(file)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not wrong, "\n".join(wrong)
