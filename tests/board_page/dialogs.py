"""Opens the board's dialogs as the server would, without a server."""

import re
from gettext import NullTranslations
from pathlib import Path

from board.core import commands as c
from board.core.roles import Actor
from displays.dialog_asks import Ask
from displays.dialogs import BUILDERS
from displays.render import Renderer
from tests.builders import TOM, Trial, working

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
RENDERER = Renderer(_TEMPLATES, lambda _language: NullTranslations())


def ask(trial: Trial, actor: Actor, **given: str) -> Ask:
    """What the dialog is asked."""
    return Ask(trial.shop, actor, trial.now, given)


def dialog(name: str, trial: Trial, actor: Actor, **given: str) -> str:
    """The html of a dialog."""
    sheet = BUILDERS[name](ask(trial, actor, **given))
    return RENDERER.fragment(sheet.template, "en", say=str, **sheet.context)


def text_of(html: str) -> str:
    """What a person reads of some html."""
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def faulty() -> Trial:
    """A job whose self-check failed with a leak."""
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    return trial.do(c.FailCheck(job="j1", defect="leak", note="front left"), TOM)
