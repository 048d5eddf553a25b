"""Cars and customers by chance: plates of several provinces, models, colours, names. Pure."""

from random import Random

from simulator.words import REGIONS, SURNAMES, TITLES

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_BATTERY = "DA"


def plate(random: Random, is_new_energy: bool) -> str:
    """A licence plate; of a small new-energy car where asked for."""
    region = random.choice(REGIONS)
    if is_new_energy:
        return f"{region}{random.choice(_BATTERY)}{random.randrange(10000, 99999)}"
    if random.random() < 0.5:
        return f"{region}{random.choice(_LETTERS)}{random.randrange(1000, 9999)}"
    letter = random.choice(_LETTERS)
    return f"{region}{random.randrange(10)}{letter}{random.randrange(100, 999)}"


def customer(random: Random) -> str:
    """A name as a greeter writes it down."""
    return random.choice(SURNAMES) + random.choice(TITLES)


def phone(random: Random) -> str:
    """A mobile number from a range that is given to nobody."""
    return f"1000{random.randrange(10**6, 10**7)}"
