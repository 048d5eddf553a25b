"""Turns views into html: the only place that knows Jinja.

Templates see views, words and translations; never a shop, a clock or a request.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from markupsafe import Markup

from board.core import words
from board.core.languages import NAMES, direction
from board.core.money import yuan
from board.core.personal import is_erased
from board.core.plates import split_plate
from board.core.slips import in_words_of
from displays.phrases import Phrases, in_turn, saying
from displays.qr import qr_svg
from displays.sentences import sentence
from displays.views.moments import Moment
from displays.views.parts import N_, View
from displays.views.speech import Announcement

_ORDER = re.compile(r'<[a-z0-9]+[^>]*? data-order="([^"]*)"')
_SORTED = re.compile(r"<[a-z0-9]+[^>]*? data-sorted[ >]")
_STANDS = re.compile(r'<[a-z0-9]+[^>]*? data-in="([^"]*)" data-key="([^"]*)"')


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page tells its script, and the regions it is put together from.

    `at_ms` is the shop's clock in milliseconds since 1970, `rate` its speed, `zone_minutes` how
    far its zone is ahead of UTC, `socket` where to listen, `build` names the scripts and styles
    this page belongs to. `opens` and `closes`: between which minutes of the day it is looked at, in
    the zone it shows, and `noon` the shop's in that zone; `darkens`: black outside them, as
    screens are, else only dim, for the eyes of a person. `copied`: never live.
    """

    audience: str
    boot: str
    rev: int
    epoch: str
    seq: int
    at_ms: int
    rate: float
    zone_minutes: int
    socket: str
    build: str
    regions: Mapping[str, str]
    opens: int = 0
    closes: int = 1440
    noon: int = 720
    darkens: bool = False
    copied: bool = False


def standings(regions: Mapping[str, str]) -> dict[str, list[str]]:
    """By the region they stand in: the regions that say where they stand, in their order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for region, html in regions.items():
        if (stands := _STANDS.match(html)) is not None:
            found.setdefault(stands[1], []).append((stands[2], region))
    return {where: [region for _, region in sorted(members)] for where, members in found.items()}


def slot(
    regions: Mapping[str, str], region: str, standing: Mapping[str, Sequence[str]] | None = None
) -> Markup:
    """A region's html as a page shows it: an order region, or one whose members stand in it by
    themselves, with its members inside. `standing`: as `standings` found it, to save time.

    KeyError when there is no such region: every place of a page is always filled.
    """
    html = regions[region]
    members: Sequence[str] = ()
    if (order := _ORDER.match(html)) is not None:
        members = order[1].split()
    elif _SORTED.match(html):
        members = (standings(regions) if standing is None else standing).get(region, ())
    if not members:
        return Markup(html)
    inside = "".join(slot(regions, member, standing) for member in members)
    end = html.rindex("</")
    return Markup(html[:end] + inside + html[end:])


class Renderer:
    """Templates in every language; each is compiled once per language and kept."""

    def __init__(
        self, folder: Path, translations: Callable[[str], NullTranslations], build: str = ""
    ) -> None:
        """`build` names scripts and styles in every template; '' when nobody may keep them."""
        self._loader = FileSystemLoader(folder)
        self._translations = translations
        self._build = build
        self._environments: dict[str, Environment] = {}

    def fragment(self, template: str, language: str, /, **context: object) -> str:
        """The html of a fragment; a name it uses and was not given is an error."""
        return self._environment(language).get_template(template).render(context)

    def region(self, region: str, view: View, language: str) -> str:
        """The html of one region: its view's template with `id` and `view`."""
        return self.fragment(view.template, language, id=region, view=view).strip()

    def page(self, template: str, language: str, facts: PageFacts, /, **context: object) -> str:
        """The html of a live page; `slot(region)` in it prints a region as pushed."""
        place = partial(slot, facts.regions, standing=standings(facts.regions))
        return self.fragment(template, language, facts=facts, slot=place, **context)

    def _environment(self, language: str) -> Environment:
        known = self._environments.get(language)
        if known is None:
            known = _environment(self._loader, language, self._translations)
            known.globals["build"] = self._build
            self._environments[language] = known
        return known


class _Words(Environment):
    """An environment whose names and texts are all there before its first template."""

    phrases: Phrases
    made: dict[str, Template]

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        self.phrases.visit(source)
        return super()._generate(source, name, filename, defer_init)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template, which never changes while the process lives; regions import many."""
        known = self.made.get(name) if isinstance(name, str) else None
        if known is None:
            known = super().get_template(name, parent, globals)
            self.made[str(known.name)] = known
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary: Jinja's chain of them is walked by Python at every rendering."""
        return {**self.globals, **(d or {})}


def _environment(
    loader: FileSystemLoader, language: str, catalogue: Callable[[str], NullTranslations]
) -> Environment:
    """`language`: one tag, or two with a plus where a screen shows both in turn."""
    language, _, second = language.partition("+")
    translations = catalogue(language)
    made = _Words(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    say = saying(translations)
    # Attributes hold no elements: what stands in them is said by `gettext`, in one language.
    both = in_turn(say, saying(catalogue(second)), second) if second else say
    says = {"_": both, "gettext": say}
    made.phrases, made.made = Phrases(says), {}
    made.globals.update({"language": language, "second": second, "words": words, **says})
    made.globals.update({"direction": direction(language), "language_names": NAMES})
    spoken = ((language, translations), *([(second, catalogue(second))] if second else []))
    made.filters["sounds"] = partial(_sounds, spoken)
    made.filters["clock"] = partial(_clock, translations)
    made.filters["day"] = partial(_day, translations)
    made.filters["plate_parts"] = split_plate
    made.filters["breadth"] = breadth
    made.filters["qr"] = _qr
    made.filters["yuan"] = yuan
    made.filters["in_words"] = partial(in_words_of, translations.gettext)
    made.tests["erased"] = is_erased
    return made


def _sounds(spoken: Sequence[tuple[str, NullTranslations]], call: Announcement) -> str:
    """The marks of a call's sentences in each language, with blanks between."""
    return " ".join(sentence(call, language, said).mark for language, said in spoken)


def _qr(address: str) -> Markup:
    return Markup(qr_svg(address))


def breadth(text: str) -> float:
    """About how wide a text is in bold, in ems: walls choose a size of type by it."""
    return sum(map(_breadth, text))


def _breadth(sign: str) -> float:
    if ord(sign) >= _FIRST_WIDE:
        return 1.0
    return _NARROW if sign in "iljft.,:' " else _BROAD if sign in "MWmw" else _LETTER


_FIRST_WIDE = 0x2E80
_NARROW, _LETTER, _BROAD = 0.37, 0.62, 0.95


def _day(translations: NullTranslations, moment: Moment) -> str:
    """The day of a moment unless it is today: a word for its neighbours, else the date."""
    known = _NEAR_DAYS.get(moment.days)
    return moment.date if known is None else translations.gettext(known) if known else ""


_NEAR_DAYS: dict[int, str] = {-1: N_("yesterday"), 0: "", 1: N_("tomorrow")}


def _clock(translations: NullTranslations, moment: Moment | datetime) -> str:
    """HH:MM, with its day unless it is today. A datetime must be in the shop's zone already."""
    if isinstance(moment, datetime):
        return f"{moment:%H:%M}"
    return f"{_day(translations, moment)} {moment.clock}".lstrip()
