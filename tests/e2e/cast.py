"""The set-up of the running test shop: its bays and its cast, all with one PIN.

It is open all day: tests run at night too, when the screens of other shops are black.
"""

import json

PIN = "2468"
SHOP = """
[shop]
name = "Test Motors"
language = "en"
time_zone = "Asia/Shanghai"
opens = "00:00"
closes = "23:59"
question_seconds = 2

[handover]
settlement = false
checklist = false
gate_pass = false
"""
BAYS = "".join(f'\n[[bays]]\nid = "{n}"\nname = "{n}"\n' for n in range(1, 7))
CAST = {
    "mona": ("Mona", ("manager",)),
    "anna": ("Anna", ("advisor",)),
    "carl": ("Carl", ("controller",)),
    "tom": ("Tom", ("technician",)),
    "tina": ("Tina", ("technician",)),
    "lee": ("Lee", ("team_leader", "technician")),
    "ines": ("Ines", ("inspector",)),
    "willy": ("Willy", ("washer",)),
    "pia": ("Pia", ("parts",)),
    "cora": ("Cora", ("cashier",)),
}
EVERY_ROLE = sorted({role for _, roles in CAST.values() for role in roles})


def shop_file() -> str:
    """The set-up of the running test shop; everybody has the same PIN."""
    people = "".join(
        f'\n[[people]]\nid = "{key}"\nname = "{name}"\nroles = {json.dumps(list(roles))}\n'
        for key, (name, roles) in CAST.items()
    )
    pins = "\n[pins]\n" + "".join(f'{key} = "{PIN}"\n' for key in CAST)
    return SHOP + BAYS + people + pins
