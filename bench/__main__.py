"""Every measurement, one after the other; one table; exit code 1 when a figure misses.

python -m bench [--only SUBJECT ...] [--write]
python -m bench --audit [--minutes N] [--write]
"""

import argparse
import os
import sys

from bench.page import PAGE, keep
from bench.soak import MINUTES, USUAL_MINUTES
from bench.table import Outcome, machine, report, run

SUBJECTS = {
    "fanout": 420,
    "stuck": 300,
    "commands": 300,
    "moves": 300,
    "latency": 240,
    "sizes": 240,
    "wire_bytes": 120,
    "first_page": 300,
    "patch": 300,
    "kill": 900,
    "kill_sensors": 1200,
    "redial": 300,
    "start": 480,
    "memory": 180,
    "processes": 300,
    "sensor_rate": 300,
    "sensor_latency": 240,
    "sensor_storm": 400,
    "sensor_flood": 300,
    "schedules": 2700,
}
"""Modules of bench/ in the order of the table, and the seconds each may take."""
AUDITS = {"axe": 1800, "lighthouse": 1800, "soak": 1500}
"""What takes too long, or needs too much, to be measured with the rest. The soak may take the
minutes asked for besides.
"""
ALL = {**SUBJECTS, **AUDITS}


def main() -> int:
    """Run what was chosen; 1 when anything missed or failed."""
    chosen = _chosen()
    outcomes = []
    os.environ[MINUTES] = str(chosen.minutes)
    for subject in chosen.only or (AUDITS if chosen.audit else SUBJECTS):
        limit = ALL[subject] + (chosen.minutes * 60 if subject == "soak" else 0)
        outcomes.append(_told(subject, limit))
        if chosen.write:
            keep(outcomes[-1], tuple(ALL))
    sys.stdout.write(f"\n{report(outcomes, machine())}\n")
    return int(not all(outcome.met for outcome in outcomes))


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure everything.")
    parser.add_argument("--only", nargs="+", metavar="SUBJECT", choices=ALL)
    parser.add_argument("--audit", action="store_true", help=f"measure {', '.join(AUDITS)} instead")
    parser.add_argument("--minutes", type=float, default=USUAL_MINUTES, help="how long to soak")
    parser.add_argument("--write", action="store_true", help=f"put the rows into {PAGE.name}")
    return parser.parse_args()


def _told(subject: str, limit_seconds: float) -> Outcome:
    """Run one, and say on the way how it went: the whole takes half an hour."""
    outcome = run(subject, limit_seconds)
    word = "met" if outcome.met else "MISSED"
    sys.stderr.write(f"{subject}: {word} in {outcome.seconds:.0f} s\n{outcome.trouble}")
    return outcome


if __name__ == "__main__":
    sys.exit(main())
