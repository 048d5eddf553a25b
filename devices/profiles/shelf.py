"""All profiles that a shop has: ours, and before them those of its own folder."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from board.core.slips import FileSlip, slip
from devices.profiles.guess import Guess, Told, confidence
from devices.profiles.profile import Profile
from devices.profiles.profile_file import read_profile

OURS = Path(__file__).parent
LARGEST_FILE = 16 * 1024
MOST_FILES = 200
MOST_GUESSES = 4096
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")


class Shelf:
    """Profiles by key; `mistakes` say why files were left out."""

    def __init__(
        self, profiles: Mapping[str, Profile] | None = None, mistakes: tuple[FileSlip, ...] = ()
    ) -> None:
        """Without profiles nothing is ever guessed."""
        self.profiles: Mapping[str, Profile] = profiles or {}
        self.mistakes = mistakes
        self._ordered = sorted(self.profiles.values(), key=_rank)
        self.guess = lru_cache(MOST_GUESSES)(self._guess)

    def sure(self, told: Told) -> Profile | None:
        """The profile of a device that has named its model."""
        found = self.guess(told)
        return found.profile if found is not None and found.is_sure else None

    def fitting(self, told: Told, channel: str) -> Profile | None:
        """The likeliest profile of those that say something of one channel."""
        able = Shelf({one.id: one for one in self.profiles.values() if one.channel(channel)})
        found = able.guess(told)
        return found.profile if found is not None else None

    def _guess(self, told: Told) -> Guess | None:
        """The likeliest profile. One of the shop's own that the device's model or name fits goes
        before all of ours; among equals the shop's own, then the one with most channels.
        """
        guesses = (Guess(one, confidence(one, told)) for one in self._ordered)
        best = max(guesses, key=_weight, default=None)
        return best if best is not None and best.confidence > 0 else None


def _weight(guess: Guess) -> tuple[bool, float]:
    return (guess.profile.own and guess.is_sure, guess.confidence)


def _rank(profile: Profile) -> tuple[bool, int, str]:
    return (not profile.own, -len(profile.channels), profile.id)


@cache
def our_shelf() -> Shelf:
    """The profiles that come with the program."""
    return _shelf({}, OURS, own=False)


def shelf_of(folder: Path | None) -> Shelf:
    """Ours and the shop's own, which win. A file of theirs with a mistake takes ours of the same
    name away too: what it was to say instead is not known.
    """
    ours = our_shelf()
    if folder is None or not stamp_of(folder):
        return ours
    return _shelf(ours.profiles, folder, own=True)


def _shelf(before: Mapping[str, Profile], folder: Path, own: bool) -> Shelf:
    profiles, mistakes = dict(before), list[FileSlip]()
    files = sorted(folder.glob("*.toml"))
    for file in files[:MOST_FILES]:
        found = _read(file, own)
        profiles.pop(file.stem, None)
        if isinstance(found, Profile):
            profiles[found.id] = found
        else:
            mistakes += found
            mistakes.append(_whole(f"profiles/{file.name}", "file_left_out"))
    if len(files) > MOST_FILES:
        mistakes.append(_whole("profiles", "files_many", most=MOST_FILES))
    return Shelf(profiles, tuple(mistakes))


def _whole(file: str, code: str, **values: object) -> FileSlip:
    """What is wrong with a file as a whole."""
    return FileSlip(file, 0, slip(code, file=file, **values))


def _read(file: Path, own: bool) -> Profile | tuple[FileSlip, ...]:
    """The profile of a file, or what is wrong with it."""
    name = f"profiles/{file.name}"
    if not KEY.match(file.stem):
        return (_whole(name, "file_name"),)
    try:
        if not file.is_file():
            return (_whole(name, "file_no_file"),)
        if file.stat().st_size > LARGEST_FILE:
            return (_whole(name, "file_large", most=LARGEST_FILE),)
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        return (_whole(name, "file_unread", detail=fault.strerror),)
    except UnicodeDecodeError:
        return (_whole(name, "file_no_text"),)
    found = read_profile(text, file.stem, own)
    return found if isinstance(found, Profile) else tuple(one.within(name) for one in found)


def stamp_of(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What differs when a file of the folder has changed."""
    if folder is None:
        return ()
    found: list[tuple[str, int, int]] = []
    for file in sorted(folder.glob("*.toml"))[:MOST_FILES]:
        try:
            about = file.stat()
        except OSError:
            continue
        found.append((file.name, about.st_mtime_ns, about.st_size))
    return tuple(found)
