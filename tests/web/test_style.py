import re
from pathlib import Path

import pytest

import web

CSS = (Path(web.__file__).parent / "static" / "izde.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *((front, back, 4.5) for front in ("ink", "soft", "blue", "alarm") for back in ("paper", "wash")),
        *((front, "mark", 4.5) for front in ("ink", "blue")),
        ("on-blue", "blue", 4.5),
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


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_the_first_view_is_light() -> None:
    assert len(CSS.encode()) < 30_000
