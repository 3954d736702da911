"""How well colours can be told apart: contrast as WCAG 2.2 defines it, and the backgrounds of the pages."""

import re
from typing import Final

LEAST: Final = 4.5
"""What text needs against what is behind it (success criterion 1.4.3, level AA)."""

BACKGROUNDS: Final = {
    "light": {"paper": "#fff", "wash": "#eff5f8", "mark": "#d3eaf5"},
    "dark": {"paper": "#10181e", "wash": "#17232b", "mark": "#1d4a60"},
}
"""Behind links, by theme, as the stylesheet of the pages has them (a test compares)."""

_COLOUR: Final = re.compile("#[0-9a-f]{3}(?:[0-9a-f]{3})?", re.I)


def is_colour(text: str) -> bool:
    """Whether it is a colour as `#0b6285` or `#fff`."""
    return bool(_COLOUR.fullmatch(text))


def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def weakest(colour: str, theme: str) -> tuple[str, float]:
    """The background of a theme that this colour stands out from least, by name, and the contrast with it."""
    found = {name: ratio(colour, behind) for name, behind in BACKGROUNDS[theme].items()}
    name = min(found, key=found.__getitem__)
    return name, found[name]
