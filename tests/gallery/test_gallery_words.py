"""Every word of every page of the gallery went through gettext, or is one of the shop's own."""

from board.languages import Languages
from displays.gallery import SAMPLES
from displays.gallery_pages import index_page, sample_page
from displays.gallery_story import PHONE_JOBS
from displays.render import Renderer
from tests.e2e.mirrored import Mirrored
from tests.e2e.running import ROOT
from tests.e2e.unturned import strings, unturned

NAMES = {"Zigbee2MQTT", "Bluetooth", "dBm", "sensors.toml"}
"""What is called alike in every language."""


def _mirroring() -> Renderer:
    spoken = Languages(ROOT / "locales").translations
    return Renderer(ROOT / "templates", lambda language: Mirrored(spoken(language)))


def test_every_word_is_translated() -> None:
    """Falls over with a sentence of a view that has no `N_`, or of a template without `_()`."""
    renderer = _mirroring()
    data = {text for sample in SAMPLES for text in strings((sample.shop, sample.context))}
    data |= {text for make in PHONE_JOBS.values() for text in strings(make())} | NAMES
    pages = ((sample.name, sample_page(renderer, sample, "en")) for sample in SAMPLES)
    assert {name: said for name, html in pages if (said := unturned(html, data))} == {}
    names = [sample.name for sample in SAMPLES]
    assert unturned(index_page(renderer, "en"), names) == []


def test_a_word_that_nobody_translates_is_found() -> None:
    turned = Mirrored(Languages(ROOT / "locales").translations("en")).gettext("Ready")
    data = ["京A·D1234"]
    assert unturned(f"<p>{turned} <b>D1234</b> 2.0 h</p>", data) == []
    assert unturned(f"<p>{turned} now</p><p aria-label='soon'></p>", data) == [
        f"{turned} now",
        "soon",
    ]
