"""`GET /speech/{audience}/{name}.wav`: what a paired screen that may be loud is to say now.

A name is the mark of a sentence, which only somebody who knows the sentence could guess; only
what is being called is spoken. Knows no engine.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.core.shop import Shop
from board.web.session import ScreenTicket, Signed
from displays.audiences import languages_for
from displays.fleet import is_open
from displays.pages import LivePages
from displays.sentences import Sentence, sentence
from displays.views.speech import calls_of

_MARK = re.compile(r"[0-9a-f]{32}")
_KEPT = {"cache-control": "private, max-age=300"}
"""As long as the rounds of a call; a new voice is heard after that."""


class Voice(Protocol):
    """What speaks; b"" for what it cannot say."""

    async def own(self, name: str) -> bytes:
        """The chime or the silence."""
        ...

    async def say(self, language: str, text: str, clips: Sequence[str]) -> bytes:
        """A sentence as WAV."""
        ...


@dataclass(frozen=True, slots=True)
class SpeechPages:
    """Answers with sound."""

    pages: LivePages
    voice: Voice
    translations: Callable[[str], NullTranslations]

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route("/speech/{audience}/{name}.wav", self.sound, methods=["GET"])]

    async def sound(self, request: Request) -> Response:
        """The WAV file; 404 for what is not being said, or not to whoever asks."""
        self.pages.patient(request)
        audience, name = request.path_params["audience"], request.path_params["name"]
        screen, desk = _screen(request.state.signed, audience), request.state.desk
        if screen is None or desk is None:
            return Response(status_code=404)
        found = await self._found(screen, request.state.signed.language, desk.shop, name)
        return Response(found, 200 if found else 404, _KEPT if found else None, "audio/wav")

    async def _found(self, screen: ScreenTicket, language: str, shop: Shop, name: str) -> bytes:
        if not _MARK.fullmatch(name):
            # At any hour: whoever sets a screen up in the evening taps it to hear the chime.
            return await self.voice.own(name)
        now = self.pages.live.now(shop.id)
        if not is_open(screen.look, shop.settings, now):
            return b""
        languages = languages_for(screen.audience, language, screen.look.second_language)
        for said in self._said(screen, languages.split("+"), shop, now):
            if said.mark == name:
                return await self.voice.say(said.language, said.text, said.clips)
        return b""

    def _said(
        self, screen: ScreenTicket, languages: Sequence[str], shop: Shop, now: datetime
    ) -> Iterator[Sentence]:
        calls = calls_of(screen.audience, screen.look.group)
        for call in calls(shop, now) if calls else ():
            for language in languages:
                yield sentence(call, language, self.translations(language))


def _screen(signed: Signed | None, audience: str) -> ScreenTicket | None:
    """The paired screen that asks, if it is of this kind and may be loud; a person has none."""
    screen = signed.screen if signed and not signed.person_id else None
    if screen is None or not screen.look.sound:
        return None
    return screen if audience in (screen.audience, screen.look.view) else None
