import gzip
import re
from pathlib import Path

import pytest

import web
from web import sheet

CSS = sheet.text()
LETTERS = (
    "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯаәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÄĞÑÖŞŪÜİıäğñöşūüÁǴŃÓÚÝáǵńóúýŊŋ«»—–…№₸’“”"
)
ARABIC = "ابپتجچحدرزسشعفقكگلمنڭوۇۋۆھەىيءٴ،؛؟"
STATIC = Path(web.__file__).parent / "static"


def colours(selector: str) -> dict[str, str]:
    """The colours that the first rule of this selector sets."""
    start = CSS.index(f"{selector} {{")
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS[start : CSS.index("}", start)]))


LIGHT, DARK = colours(":root"), colours(':root[data-theme="dark"]')


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *((front, back, 4.5) for front in ("ink", "soft", "accent", "alarm") for back in ("paper", "wash")),
        *((front, "mark", 4.5) for front in ("ink", "accent")),
        ("on-accent", "accent", 4.5),
        ("edge", "paper", 3.0),
    ],
)
def test_contrast(theme: dict[str, str], front: str, back: str, least: float) -> None:
    darker, lighter = sorted((luminance(theme[front]), luminance(theme[back])))
    assert (lighter + 0.05) / (darker + 0.05) >= least


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_dark_device_is_as_dark_as_the_switch() -> None:
    assert colours(":root:not([data-theme])") == DARK
    assert DARK.keys() == LIGHT.keys()


def test_only_our_fonts_are_loaded() -> None:
    loaded = re.findall(r"""url\(["']?(.*?)["']?\)""", CSS)
    assert loaded
    assert {STATIC.parent / path.lstrip("/") for path in loaded} == {*(STATIC / "fonts").glob("*.woff2")}
    assert "@import" not in CSS


def test_the_first_view_is_light() -> None:
    """As it is sent: nginx packs texts, fonts are packed."""
    scripts = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("theme.js", "izde.js"))
    assert scripts + len(gzip.compress(CSS.encode())) < 15_000


def test_every_letter_has_a_glyph_in_our_fonts() -> None:
    """By the ranges of the style sheet: every letter of the Kazakh alphabets, of Russian, and the signs of news."""
    ranges = re.findall(r"font-family: (\w+);\s+src: url.*?unicode-range: (.*?);", CSS, re.S)
    for family in ("Onest", "Literata"):
        ours = "".join(text for name, text in ranges if name == family)
        assert not [one for one in LETTERS if not _is_in(ord(one), ours)], family
    naskh = "".join(text for name, text in ranges if name == "Naskh")
    assert not [one for one in ARABIC if not _is_in(ord(one), naskh)]


def _is_in(code: int, ranges: str) -> bool:
    pairs = (
        one.strip().removeprefix("U+").partition("-") for one in ranges.replace("U+", ", U+").split(",") if one.strip()
    )
    return any(int(first, 16) <= code <= int(last or first, 16) for first, _, last in pairs)
