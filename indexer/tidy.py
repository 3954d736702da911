"""Characters that a text must not hold, and the white space between its words, lines and paragraphs."""

import re
import unicodedata

# Removed: controls, byte order marks, interlinear marks, noncharacters, and the marks that turn the direction of what
# follows (they would reach out of a title into the page around it). Replaced: halves of a surrogate pair.
_REMOVED = (
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xFFF9, 0xFFFC),
    0xFEFF,
    0xFFFE,
    0xFFFF,
)
_TABLE: dict[int, str] = dict.fromkeys(_REMOVED, "")
_TABLE |= dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
_TABLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_BAD = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_TABLE)) + "]")

# No width and no meaning at the edge of a line; `str.strip` knows only white space.
_THIN = "\u200b\u2060\u00ad"
_SPACE_OR_THIN = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + _THIN


def scrub(text: str) -> str:
    """The text without control characters and lone surrogates; every kind of line end becomes a newline."""
    text = text.replace("\r\n", "\n")
    return text.translate(_TABLE) if _BAD.search(text) else text


def one_line(text: str) -> str:
    """The text on one line, in composed form, with single spaces: for titles, categories, names."""
    return unicodedata.normalize("NFC", " ".join(scrub(text).split()).strip(_SPACE_OR_THIN))


def lines(text: str) -> list[str]:
    """The lines, each stripped; a line of no-break spaces or of characters without width is empty."""
    return [line.strip(_SPACE_OR_THIN) for line in scrub(text).split("\n")]


def paragraphs(text: str) -> list[str]:
    """The paragraphs, none of them empty.

    Blank lines separate them; where there is no blank line between two lines of text, each line is a paragraph.
    """
    stripped = "\n".join(lines(text)).strip("\n")
    parts = re.split("\n\n+", stripped) if "\n\n" in stripped else stripped.split("\n")
    return [part for part in parts if part]
