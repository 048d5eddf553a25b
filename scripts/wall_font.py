"""Makes the walls' font: the signs of their words and of plates, from Debian's Noto Sans CJK.

  apt-get install fonts-noto-cjk, pip install fonttools brotli (in an environment of its own), then
  PYFTSUBSET=…/bin/pyftsubset .venv/bin/python scripts/wall_font.py

Needed only when the walls get new words; a sign that is missing is drawn by the television's font.
"""

import os
import re
import string
import subprocess
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
SIMPLIFIED_CHINESE = 2
CATALOGUE = ROOT / "locales/zh_Hans/LC_MESSAGES/baylight.po"
FONT = ROOT / "static/vendor/wall-sc-bold.woff2"
ON_WALLS = re.compile(
    r"templates/(?:tv|overview|lounge|wall\.html)"
    r"|displays/views/(?:tv|bay_faces|overview|lounge)"
    r"|displays/render\.py|board/core/words_of_calls"
)
LATIN = string.ascii_letters + string.digits + " ·–.,:+-/*"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼挂学警港澳使领"
WORDS = "接车待派工维修中断质检洗车待交空闲预留清洁检修停用工位号隔夜最久晚厂店"
"""Words of the core that walls show: its tables are not told apart in the catalogue."""


def signs() -> str:
    """Every sign the font has, in their order."""
    words = "".join(_words(CATALOGUE.read_text()))
    return "".join(sorted(set(LATIN + PLATES + WORDS + words)))


def _words(catalogue: str) -> list[str]:
    """The Chinese of each message that a wall shows."""
    entries = [entry for entry in catalogue.split("\n\n") if ON_WALLS.search(entry)]
    lines = (line for entry in entries for line in entry.splitlines())
    lines = (line for line in lines if "{name}" not in line and "传感器" not in line)
    told = (line.partition('"')[2].rstrip('"') for line in lines if _is_chinese(line))
    return [re.sub(r"%\(\w+\)s|\{\w*\}|<[^>]*>", "", text) for text in told]


def _is_chinese(line: str) -> bool:
    return not line.startswith("#") and any(ord(sign) >= 0x2E80 for sign in line)


def main() -> None:
    """Write the font and say what VERSIONS has to say of it."""
    maker = os.environ.get("PYFTSUBSET", "pyftsubset")
    wanted = ",".join(f"U+{ord(sign):04X}" for sign in signs())
    how = ("--flavor=woff2", "--no-hinting", "--desubroutinize", "--layout-features=")
    dropped = "--drop-tables+=VORG,vhea,vmtx,BASE,GPOS,GSUB,DSIG"
    number = f"--font-number={SIMPLIFIED_CHINESE}"
    asked = [maker, str(SOURCE), number, f"--unicodes={wanted}", *how, dropped]
    subprocess.run([*asked, f"--output-file={FONT}"], check=True)
    data = FONT.read_bytes()
    print(f"{len(signs())} signs, {len(data)} bytes, sha256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
