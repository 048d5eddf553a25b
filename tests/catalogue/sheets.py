"""Files of a catalogue as people make them: CSV in either encoding, and XLSX, sound and hostile."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

HEAD = "代码,项目,标准工时,工时费,配件费,类别,技能,工位类型"
SOUND = f"{HEAD}\nA01,小保养,0.6,120,260.50,maintenance,,general\nB10,前刹车片,1.2,380,520,,制动,\n"


def book(*rows: Sequence[object]) -> bytes:
    """An XLSX file with these rows in its first sheet."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet()
    for row in rows:
        sheet.append(list(row))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """An XLSX file with one part put in place of another, or beside them."""
    kept = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in old.infolist():
            if part.filename != name:
                packed.writestr(part.filename, old.read(part))
        packed.writestr(name, body)
    return kept.getvalue()


def parts_of(count: int) -> Iterable[tuple[str, bytes]]:
    """Names and bodies of many small parts."""
    return ((f"x{number}.bin", b"") for number in range(count))
