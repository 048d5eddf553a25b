"""What dialogs look up besides the live shop: a job's history, jobs of any age, sentences."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board.core.events import Fact
from board.core.hold_times import Stretch, Waited
from board.core.refusals import Refused
from board.core.shop import Shop
from board.journal import Journal
from board.languages import Languages
from board.phone_links import code_of, token_of
from board.recall import facts_from
from board.search import IndexedJob
from board.web.doors import AskDevices
from board.web.refusal_text import refusal_text
from board.web.screens_looked_up import ScreensLookedUp


@dataclass(frozen=True, slots=True)
class Lookups:
    """Reads in a thread; never writes."""

    journal: Journal
    languages: Languages
    phone_secret: bytes = b""
    screens: ScreensLookedUp | None = None
    devices: AskDevices | None = None

    async def history(self, shop_id: str, job_id: str) -> Sequence[Fact]:
        """The facts of a job, oldest first."""
        return facts_from(await asyncio.to_thread(self.journal.history, shop_id, job_id))

    async def find(self, shop_id: str, query: str) -> Sequence[IndexedJob]:
        """Jobs of any age by plate, VIN, ticket, order number or the end of a phone number."""
        return await asyncio.to_thread(self.journal.jobs.find, shop_id, query)

    async def car(
        self, shop_id: str, any_id: str
    ) -> tuple[str, Mapping[str, Sequence[Fact]]] | None:
        """The id of a car's file and the facts of each of its orders; None: no such file."""
        return await asyncio.to_thread(self._car, shop_id, any_id)

    def _car(self, shop_id: str, any_id: str) -> tuple[str, Mapping[str, Sequence[Fact]]] | None:
        file = self.journal.car_file(shop_id, any_id)
        if file is None:
            return None
        return file.id, {job: facts_from(self.journal.history(shop_id, job)) for job in file.jobs}

    def phone_path(self, shop_id: str, job_id: str, link_round: int) -> str:
        """Where the customer's phone page of a job is; '' where nothing keys such links."""
        if not self.phone_secret:
            return ""
        return f"/track/{token_of(self.phone_secret, shop_id, job_id, link_round)}"

    def phone_code(self, shop_id: str, job_id: str, code_round: int) -> str:
        """The code that opens prices on that page, in this round of codes."""
        return code_of(self.phone_secret, shop_id, job_id, code_round)

    async def waits(self, shop_id: str, within: Stretch) -> Sequence[Waited]:
        """What cars waited for in a stretch of time, the longest wait first."""
        return await asyncio.to_thread(self.journal.jobs.waits, shop_id, within)

    def say(self, refused: Refused, shop: Shop, language: str) -> str:
        """A refusal's sentence in a language."""
        return refusal_text(refused, shop, self.languages.translations(language).gettext)
