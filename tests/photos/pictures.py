"""Pictures as phones send them."""

from io import BytesIO

from PIL import Image

REMARK = b"taken by Wang at home"
CAMERA = "Baylight camera 7"
_ORIENTATION, _MODEL, _PLACE = 0x0112, 0x0110, 0x8825


def sent(
    kind: str = "JPEG", size: tuple[int, int] = (64, 32), colour: str = "red", orientation: int = 1
) -> bytes:
    """A picture with a camera's name, a place and, in a JPEG, a remark in it."""
    about = Image.Exif()
    about[_ORIENTATION] = orientation
    about[_MODEL] = CAMERA
    about.get_ifd(_PLACE)[1] = "N"
    about.get_ifd(_PLACE)[2] = (39.0, 54.0, 26.0)
    more = {"comment": REMARK} if kind == "JPEG" else {}
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind, exif=about, **more)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    """What a browser would show."""
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image
