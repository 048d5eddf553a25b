"""Drawn stand-ins for the photos of a shop day: flat pictures of what people point their camera at.

The same picture for the same subject, paint and number. Knows nothing of who takes it.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SIZE = (800, 600)
VARIANTS = 2
_QUALITY = 78
_MIDDLE = (400, 300)
_PAINTS = {
    "白": ("#f4f5f5", "#b9bfc4"),
    "黑": ("#3b3f45", "#0f1114"),
    "银": ("#d3d7da", "#8b9298"),
    "灰": ("#8d949a", "#4b5157"),
    "红": ("#c23a33", "#6d1714"),
    "蓝": ("#3f6fa8", "#17345a"),
}
_STEEL, _IRON = ("#c9ccd0", "#6d7277"), ("#54585c", "#222528")

Point = tuple[float, float]
Draw = Callable[[Random, tuple[str, str]], Image.Image]


@cache
def drawn(subject: str, colour: str = "银", number: int = 0) -> bytes:
    """The JPEG of a subject of SUBJECTS, on a car of that colour where its skin is seen."""
    random = Random(f"{subject}:{number}")
    image = SUBJECTS[subject](random, _PAINTS.get(colour, _PAINTS["银"]))
    seen = BytesIO()
    _through_a_lens(image).save(seen, "JPEG", quality=_QUALITY)
    return seen.getvalue()


def _through_a_lens(image: Image.Image) -> Image.Image:
    """Soft edges, a little grain, darker corners."""
    soft = image.filter(ImageFilter.GaussianBlur(0.8))
    return ImageChops.multiply(Image.blend(soft, _grain(), 0.05), _light())


@cache
def _grain() -> Image.Image:
    return Image.effect_noise(SIZE, 24).convert("RGB")


@cache
def _light() -> Image.Image:
    round_light = ImageOps.invert(Image.radial_gradient("L")).resize(SIZE)
    return round_light.point(lambda value: 150 + value // 2).convert("RGB")


def _ground(tones: tuple[str, str]) -> Image.Image:
    """A surface that is lit from above."""
    shade = Image.linear_gradient("L").resize(SIZE)
    return ImageOps.colorize(shade, tones[0], tones[1])


def _ring(draw: ImageDraw.ImageDraw, radius: float, fill: str, at: Point = _MIDDLE) -> None:
    x, y = at
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _on_circle(radius: float, angle: float, at: Point = _MIDDLE) -> Point:
    return at[0] + radius * cos(angle), at[1] + radius * sin(angle)


def _panel(tones: tuple[str, str]) -> Image.Image:
    """A piece of a car's skin with the gap of a door and a line of light."""
    image = _ground(tones)
    draw = ImageDraw.Draw(image)
    draw.line([(590, 0), (575, 330), (610, 600)], fill="#14161a", width=7)
    draw.line([(598, 0), (583, 330), (618, 600)], fill=tones[0], width=3)
    shine = Image.new("L", SIZE, 0)
    ImageDraw.Draw(shine).polygon([(0, 140), (800, 90), (800, 125), (0, 190)], fill=90)
    image.paste(Image.new("RGB", SIZE, "white"), mask=shine.filter(ImageFilter.GaussianBlur(14)))
    return image


def _scratch(random: Random, tones: tuple[str, str]) -> Image.Image:
    image = _panel(tones)
    draw = ImageDraw.Draw(image)
    y = random.randint(250, 380)
    for _ in range(random.randint(2, 4)):
        y += random.randint(8, 20)
        path = [(x, y + random.randint(-5, 5) - x // 14) for x in range(90, 540, 30)]
        draw.line([(x, low + 3) for x, low in path], fill="#4a4f55", width=3)
        draw.line(path, fill=random.choice(("#e9e6df", "#d8d2c6")), width=random.randint(2, 4))
    return image


def _dent(random: Random, tones: tuple[str, str]) -> Image.Image:
    image = _panel(tones)
    x, y = random.randint(230, 380), random.randint(280, 380)
    for shift, tone, strength in ((0, "black", 120), (26, "white", 110)):
        mask = Image.new("L", SIZE, 0)
        box = (x - 90 + shift, y - 60 + shift, x + 90 - shift // 2, y + 60)
        ImageDraw.Draw(mask).ellipse(box, fill=strength)
        image.paste(Image.new("RGB", SIZE, tone), mask=mask.filter(ImageFilter.GaussianBlur(20)))
    return image


def _chipped_paint(random: Random, tones: tuple[str, str]) -> Image.Image:
    image = _panel(tones)
    draw = ImageDraw.Draw(image)
    at = (random.randint(240, 400), random.randint(260, 400))
    for grown, fill in ((1.0, "#e7e3da"), (0.8, "#8f8a80")):
        corners = [
            _on_circle(grown * random.uniform(45, 85), step * pi / 7, at) for step in range(14)
        ]
        draw.polygon(corners, fill=fill)
    return image


def _cracked_glass(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(("#9fb4c1", "#2f3d47"))
    draw = ImageDraw.Draw(image)
    at = (random.randint(280, 520), random.randint(200, 330))
    for step in range(11):
        ends: list[Point] = [at]
        for far in (40, 90, 150):
            ends.append(_on_circle(far * random.uniform(0.7, 1.2), step * pi / 5.5, at))
        draw.line(ends, fill="#eef4f6", width=2)
    _ring(draw, 13, "#f7fbfc", at)
    draw.polygon([(0, 560), (800, 470), (800, 600), (0, 600)], fill="#15181b")
    draw.line([(60, 548), (640, 480)], fill="#31363b", width=12)
    return image


def _brake_disc(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(_IRON)
    draw = ImageDraw.Draw(image)
    for radius, fill in ((262, "#6b4a33"), (252, "#b9bdc1"), (150, "#7b5a41"), (138, "#8d9296")):
        _ring(draw, radius, fill)
    for radius in range(158, 250, 6):
        tone = random.choice(("#a4a9ad", "#c7cbce", "#93989c", "#8a6a50"))
        x, y = _MIDDLE
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=tone, width=3)
    _ring(draw, 52, "#5a5f63")
    for step in range(5):
        _ring(draw, 17, "#202326", _on_circle(92, step * 2 * pi / 5))
    draw.rounded_rectangle((560, 190, 720, 410), 30, fill="#a3352c", outline="#701f19", width=6)
    return image


def _tyre(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(("#4a4c4e", "#232527"))
    draw = ImageDraw.Draw(image)
    for x in (180, 330, 480, 630):
        draw.line([(x, 0), (x, 600)], fill="#0f1011", width=26)
    for row in range(0, 640, 62):
        for x in (40, 190, 340, 490, 640):
            slant = 26 + random.randint(-3, 3)
            draw.line([(x, row), (x + 128, row - slant)], fill="#161718", width=8)
    draw.rectangle((660, 0, 800, 600), fill="#6a6c6c")
    draw.line([(410, 180), (432, 212)], fill="#c9ccd0", width=16)
    _ring(draw, 11, "#e4e6e8", (410, 180))
    return image


def _bush(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(_IRON)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 250), (800, 210), (800, 380), (0, 420)], fill="#3a3d40")
    for radius, fill in ((205, "#7c8186"), (185, "#17181a"), (86, "#9aa0a5"), (44, "#26282a")):
        _ring(draw, radius, fill)
    for _ in range(9):
        angle = random.uniform(0, 2 * pi)
        path = [_on_circle(far, angle + random.uniform(-0.12, 0.12)) for far in (95, 130, 178)]
        draw.line(path, fill="#5f6062", width=5)
    return image


def _filter(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(_STEEL)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((90, 90, 710, 510), 18, fill="#20242a")
    for x in range(112, 690, 17):
        draw.rectangle((x, 112, x + 11, 488), fill=random.choice(("#b7a27c", "#a28c66", "#8d7753")))
    dirt = Image.new("L", SIZE, 0)
    spots = ImageDraw.Draw(dirt)
    for _ in range(70):
        _x, _y = random.randint(110, 690), random.randint(250, 490)
        spots.ellipse((_x - 16, _y - 12, _x + 16, _y + 12), fill=random.randint(60, 150))
    image.paste(Image.new("RGB", SIZE, "#2b2419"), mask=dirt.filter(ImageFilter.GaussianBlur(6)))
    return image


def _leak(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(_STEEL)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (800, 0), (800, 210), (0, 260)], fill="#5d6267")
    draw.line([(0, 262), (800, 212)], fill="#2c2f32", width=9)
    for x in range(70, 800, 130):
        _ring(draw, 24, "#8d9297", (x, 220 - x * 0.06))
        _ring(draw, 12, "#43474b", (x, 220 - x * 0.06))
    for _ in range(6):
        x, low = random.randint(280, 520), random.randint(340, 560)
        draw.line([(x, 250), (x + random.randint(-8, 8), low)], fill="#3a2a17", width=13)
        _ring(draw, 11, "#2c1f10", (x, low))
    return image


def _throttle(random: Random, _tones: tuple[str, str]) -> Image.Image:
    image = _ground(_STEEL)
    draw = ImageDraw.Draw(image)
    for radius, fill in ((240, "#9ba1a6"), (205, "#2a2723"), (186, "#7d7a74")):
        _ring(draw, radius, fill)
    draw.line([(190, 330), (610, 270)], fill="#4b4e52", width=16)
    for _ in range(60):
        spot = _on_circle(random.uniform(120, 188), random.uniform(0, 2 * pi))
        _ring(draw, random.randint(6, 20), "#26221c", spot)
    for step in range(4):
        _ring(draw, 20, "#5a5f63", _on_circle(290, pi / 4 + step * pi / 2))
    return image


def _repaired(random: Random, tones: tuple[str, str]) -> Image.Image:
    image = _panel(tones)
    low = random.randint(440, 500)
    ImageDraw.Draw(image).rectangle((70, low, 250, low + 45), fill="#20242a")
    return image


SUBJECTS: dict[str, Draw] = {
    "scratch": _scratch,
    "dent": _dent,
    "paint": _chipped_paint,
    "crack": _cracked_glass,
    "brake_disc": _brake_disc,
    "tyre": _tyre,
    "bush": _bush,
    "filter": _filter,
    "leak": _leak,
    "throttle": _throttle,
    "repaired": _repaired,
}
"""What can be photographed: damage of the skin by its kind, worn parts, work that is done."""
