"""What `baylight demo` prints first: addresses, codes, PINs, and what one may try."""

from devices.address import BrokerAddress
from devices.topics import Part
from simulator.demo import Demo
from simulator.fittings import BY_HAND, HAND

_PAGES = (
    "/arrivals",
    "/parts",
    "/holds",
    "/checks",
    "/clocks",
    "/day",
    "/gate",
    "/admin/catalogue",
    "/admin/devices",
)


def welcome(demo: Demo) -> str:
    """Everything a person needs to look around."""
    broker = demo.broker()
    people = "  ".join(f"{_name(demo, one)} {pin}" for one, pin in demo.crew.pins.items())
    lines = [
        f"板 Board    {demo.url}/   (sign in with a PIN: {demo.url}/?tablet)",
        *(f"{demo.url}/{name}   code {code} (15 minutes)" for name, code in demo.codes.items()),
        *_more_screens(demo),
        f"PINs (demo only)  {people}",
        f"pages for the roles: {'  '.join(_PAGES)}",
        "a customer's phone page: any order on the board > Extra work > its link and code",
        *((*_devices(demo), *_by_hand(broker)) if broker is not None else ()),
    ]
    return "\n" + "\n".join(f"  {line}" for line in lines) + "\n"


def _more_screens(demo: Demo) -> tuple[str, ...]:
    manager = demo.crew.manager
    if not manager:
        return ()
    who = (
        f"{_name(demo, manager)} (service manager, behind “others”), PIN {demo.crew.pins[manager]}"
    )
    return (
        f"another screen: open {demo.url}/tv on it, and type its eight letters at",
        f"{demo.url}/admin/screens, signed in at {demo.url}/?tablet as {who}",
    )


def _name(demo: Demo, person: str) -> str:
    """As it stands on the sign-in page, with the id."""
    return f"{demo.crew.names[person]} ({person})"


def _devices(demo: Demo) -> tuple[str, ...]:
    controller = demo.crew.controller
    who = (
        f"{_name(demo, controller)} (controller, behind “others”), PIN {demo.crew.pins[controller]}"
    )
    return (
        f"sensors, buttons, gate, reader and lamps: {demo.url}/admin/devices, signed in as {who};",
        "with --troubles deaf forget one lamp confirms nothing, and the others forget now and then",
    )


def _by_hand(broker: BrokerAddress) -> tuple[str, ...]:
    """A line to be a sensor with; retained, so that a restarted server knows it too."""
    topic = HAND.topic(Part.state, HAND.channel)
    return (
        f"be the sensor of {BY_HAND} (the simulated ones leave it to you; answer on the board):",
        f"mosquitto_pub -r -p {broker.port} -u {broker.user} -P {broker.password} "
        f"-t {topic} -m '{{\"v\":true}}'",
    )
