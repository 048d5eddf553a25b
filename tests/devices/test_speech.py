"""Sentences become sound by an engine or by the shop's own clips; faults are told and bounded."""

import asyncio
import io
import shutil
import sys
import wave
from array import array
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import monotonic

import pytest

from devices.speech import AGAIN_SECONDS, MOST_KEPT, MOST_WAITING, Speech
from devices.speech_engine import SHIPPED
from devices.speech_sound import RATE, NotSound, chime, read_wav, silence, wav

CLIPS = ("ready-1", "A", "7", "ready-2")


def _wav(*samples: int, rate: int = RATE, channels: int = 1, width: int = 2) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(array("h", samples).tobytes())
    return kept.getvalue()


def _endless(data: bytes) -> bytes:
    """As an engine writes that does not know yet how much it will be."""
    return data[:40] + b"\xff\xff\xff\x7f" + data[44:]


def _engine(folder: Path, does: str) -> tuple[str, ...]:
    """A program that notes each sentence it is given, then does something."""
    program = folder / "engine.py"
    program.write_text(
        "import sys, time, wave\n"
        "text = sys.stdin.read().strip()\n"
        f"open({str(folder / 'asked')!r}, 'a').write(f'{{sys.argv[1]}} {{text}}\\n')\n"
        f"out = sys.stdout.buffer\n{does}\n"
    )
    return (sys.executable, str(program), "{language}")


def _asked(folder: Path) -> list[str]:
    kept = folder / "asked"
    return kept.read_text().splitlines() if kept.exists() else []


def _clip(folder: Path, name: str, *samples: int) -> None:
    (folder / "en").mkdir(parents=True, exist_ok=True)
    (folder / "en" / f"{name}.wav").write_bytes(_wav(*samples))


ONE = f"out.write({_wav(1, 2, 3)!r})"


def _says(speech: Speech, text: str = "A 7", clips: Sequence[str] = ()) -> bytes:
    return asyncio.run(speech.say("en", text, clips))


def test_a_sentence_is_spoken_once_and_kept(tmp_path: Path) -> None:
    speech = Speech(_engine(tmp_path, ONE), tmp_path / "clips")
    assert _says(speech) == _says(speech) == wav(array("h", (1, 2, 3)))
    assert _asked(tmp_path) == ["en A 7"]
    assert (speech.fault, speech.figures["speech_spoken"]) == ("", 1)


def test_who_asks_for_the_same_at_once_gets_the_same(tmp_path: Path) -> None:
    speech = Speech(_engine(tmp_path, ONE), tmp_path / "clips")

    async def both() -> list[bytes]:
        return await asyncio.gather(*(speech.say("en", "A 7", ()) for _ in range(3)))

    assert len(set(asyncio.run(both()))) == 1
    assert len(_asked(tmp_path)) == 1


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("sys.exit(3)", "failed (it ended with 3)"),
        ("time.sleep(60)", "took longer than 0.3 s"),
        ("out.write(bytes(5_000_000))", "wrote more than 4194304 bytes"),
        ("out.write(b'sound')", "not a WAV file"),
        ("", "not a WAV file"),
        (f"out.write({_wav()!r})", "a WAV file with nothing in it"),
    ],
)
def test_an_engine_that_fails_is_told_and_not_asked_again_at_once(
    tmp_path: Path, does: str, why: str
) -> None:
    time = [0.0]
    speech = Speech(_engine(tmp_path, does), tmp_path / "clips", lambda: time[0], 0.3)
    if "sleep" not in does:
        speech._patience_seconds = 20.0
    assert _says(speech) == b""
    assert why in speech.fault
    assert _says(speech) == b""
    assert len(_asked(tmp_path)) <= 1
    assert speech.figures["speech_failed"] == 1
    time[0] = AGAIN_SECONDS
    speech._command = _engine(tmp_path, ONE)
    speech._patience_seconds = 20.0
    assert _says(speech) != b""
    assert speech.fault == ""


@pytest.mark.parametrize("then", ["", "; time.sleep(9)"])
def test_what_an_engine_leaves_behind_holds_up_no_other_sentence(tmp_path: Path, then: str) -> None:
    leaves = f"from subprocess import Popen; Popen(['sleep', '9'], start_new_session=True){then}"
    speech = Speech(_engine(tmp_path, leaves), tmp_path / "clips", patience_seconds=0.5)
    began = monotonic()
    assert _says(speech, "A 7") == b""
    assert monotonic() - began < 6
    assert "took longer than 0.5 s" in speech.fault
    speech._command, speech._patience_seconds = _engine(tmp_path, ONE), 20.0
    assert _says(speech, "A 8") != b""


def test_without_an_engine_the_reason_is_told_and_off_is_no_fault(tmp_path: Path) -> None:
    missing = Speech(("no-such-voice", "--stdin"), tmp_path)
    assert _says(missing) == b""
    assert missing.fault == (
        "no-such-voice is not installed, so screens sound a chime and say nothing"
    )
    off = Speech((), tmp_path)
    assert (_says(off), off.fault) == (b"", "")
    assert asyncio.run(off.own("chime")) == wav(chime())
    assert asyncio.run(off.own("../secret")) == b""


def test_what_is_kept_and_what_waits_is_bounded(tmp_path: Path) -> None:
    for name in "ABCDEFGHIJ":
        _clip(tmp_path, name, ord(name))
    speech = Speech((), tmp_path)
    pairs = [(one, other) for one in "ABCDEFGHIJ" for other in "ABCDEFGHIJ"]
    for pair in pairs:
        assert _says(speech, "".join(pair), pair)
    assert speech.figures["speech_kept"] == MOST_KEPT

    go = tmp_path / "go"
    waits = f"import os\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n{ONE}"
    slow = Speech(_engine(tmp_path, waits), tmp_path / "none", patience_seconds=60.0)

    async def crowd() -> list[bytes]:
        texts = map(str, range(MOST_WAITING + 3))
        asked = [asyncio.create_task(slow.say("en", text, ())) for text in texts]
        for refused in islice(asyncio.as_completed(asked), 3):
            assert await refused == b""
        go.touch()
        return await asyncio.gather(*asked)

    assert sorted(map(bool, asyncio.run(crowd()))) == [False] * 3 + [True] * MOST_WAITING


def test_own_clips_stand_before_the_engine_and_a_missing_piece_leaves_it_to_the_engine(
    tmp_path: Path,
) -> None:
    speech = Speech(_engine(tmp_path, ONE), tmp_path / "clips")
    for name in CLIPS[:-1]:
        _clip(tmp_path / "clips", name, 100, 200)
    assert _says(speech, "A 7", CLIPS) == wav(array("h", (1, 2, 3)))
    _clip(tmp_path / "clips", "ready-2", 300)
    spoken = read_wav(_says(speech, "A 7", CLIPS))
    assert [sample for sample in spoken if sample] == [100, 200, 100, 200, 100, 200, 300]
    _clip(tmp_path / "clips", "ready-2", 400, 500)
    assert read_wav(_says(speech, "A 7", CLIPS))[-1] == 500, "a new recording counts at once"
    assert len(_asked(tmp_path)) == 1


def test_a_clip_that_is_no_sound_is_named(tmp_path: Path) -> None:
    for name in CLIPS:
        _clip(tmp_path, name, 1)
    (tmp_path / "en" / "7.wav").write_bytes(b"mp3")
    speech = Speech((), tmp_path)
    assert _says(speech, "A 7", CLIPS) == b""
    assert speech.fault.startswith("the clip en/7.wav is not a WAV file")


def test_no_name_of_a_bay_leads_out_of_the_folder(tmp_path: Path) -> None:
    _clip(tmp_path / "clips", "A", 1)
    (tmp_path / "secret.wav").write_bytes(_wav(1))
    speech = Speech((), tmp_path / "clips")
    assert _says(speech, "x", ("../../secret",)) == b""
    assert _says(speech, "x", ("/",)) == b""


@pytest.mark.parametrize(
    ("data", "samples"),
    [
        (_wav(0, 100, 200, rate=RATE), [0, 100, 200]),
        (_wav(0, 100, 200, rate=RATE // 2), [0, 50, 100, 150, 200]),
        (_wav(10, 30, 50, 70, channels=2), [20, 60]),
        (_endless(_wav(1, 2, 3)), [1, 2, 3]),
    ],
)
def test_sound_of_other_rates_and_two_channels_is_brought_to_ours(
    data: bytes, samples: list[int]
) -> None:
    assert list(read_wav(data)) == samples


@pytest.mark.parametrize("data", [b"", b"RIFF", _wav(1, 2, width=1), _wav(1, rate=4000)])
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(NotSound):
        read_wav(data)


def test_the_chime_is_soft_and_fades() -> None:
    samples = chime()
    assert 8000 < max(samples) < 32000
    assert max(samples[-2000:]) < 2500
    assert not any(silence(1.0))


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is optional")
@pytest.mark.parametrize(("language", "text"), [("zh-Hans", "请 A 1 7 号"), ("en", "A 1 7")])
def test_the_shipped_engine_speaks(tmp_path: Path, language: str, text: str) -> None:
    speech = Speech(SHIPPED, tmp_path)
    spoken = read_wav(asyncio.run(speech.say(language, text, ())))
    assert len(spoken) > RATE
    assert speech.fault == ""
