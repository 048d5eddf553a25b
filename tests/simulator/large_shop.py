"""A shop that can take 120 cars a day: the demo's set-up with more bays and people."""

from pathlib import Path

_DEMO = Path(__file__).parents[2] / "examples" / "demo.toml"
_TRADES = (
    ("express", "快保", 3),
    ("general", "机电", 8),
    ("alignment", "四轮定位", 2),
    ("new_energy", "新能源", 3),
)
_MORE = (("advisor", 4), ("team_leader", 2), ("inspector", 3), ("washer", 2))


def large_shop() -> str:
    """The set-up file's text, with [pins] at its end."""
    tables, pins = _DEMO.read_text("utf-8").split("# Everybody can sign in")
    pins = pins[pins.index("[pins]") :]
    for trade, skill, count in _TRADES:
        for n in range(count):
            place = f"{trade.replace('_', '-')}-{n}"
            bay = f"more-{place}"
            tables += _table("bays", id=bay, name=f"{trade[:2].upper()}{n}", kind=trade)
            tables += _table("people", id=f"t-{place}", name=f"技师{trade}{n}") + (
                f'roles = ["technician"]\nbays = ["{bay}"]\nskills = ["{skill}"]\n'
            )
            pins += f't-{place} = "7{len(pins) % 900 + 100}"\n'
    for role, count in _MORE:
        for n in range(count):
            who = f"{role.replace('_', '-')}-{n}"
            tables += _table("people", id=who, name=who) + f'roles = ["{role}"]\n'
            pins += f'{who} = "7{len(pins) % 900 + 100}"\n'
    tables += _table("bays", id="wash-2", name="洗车2", kind="wash")
    return f"{tables}\n{pins}"


def _table(what: str, /, **values: str) -> str:
    return f"\n[[{what}]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())
