"""Bytes to text: only as the input says; where that fails, the reason names the likely encoding."""

import codecs
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KAZAKH_IN_KZ1048: Final = frozenset("әғқңөұүһ".encode("kz1048"))

# Lower-case Russian letters, which make up most of any Cyrillic text, lie elsewhere in each of these.
_LOWER_CASE: Final = {
    name: frozenset("абвгдежзийклмнопрстуфхцчшщыьэюя".encode(name)) for name in ("cp1251", "koi8-r", "cp866")
}


class Undecodable(ValueError):
    """Bytes that are not text in the encoding of the input; `at` is the place of the first bad one."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


def actual(encoding: str, head: bytes) -> str:
    """The encoding of a file that begins with these bytes: `utf-8` also takes a BOM, and UTF-16 by its mark."""
    if codecs.lookup(encoding).name == "utf-8":
        return next((name for mark, name in _MARKS if head.startswith(mark)), encoding)
    return encoding


def is_wide(encoding: str) -> bool:
    """Whether a line end takes more than one byte, so that lines cannot be told before decoding."""
    return "\n".encode(encoding) != b"\n" and not codecs.lookup(encoding).name.startswith("utf-8")


def decode(data: bytes, encoding: str) -> str:
    """The text of the bytes.

    Raises:
        Undecodable: they are not text in this encoding; the message says what to do.
    """
    if data.count(0) * 10 > len(data) and not is_wide(encoding):
        hint = "UTF-16 without its mark" if _like_utf16(data) else "a damaged or binary file"
        raise Undecodable(f"not text: many NUL bytes, likely {hint}; save it as UTF-8", data.index(0))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(_reason(error, data, encoding), error.start) from None


def _reason(error: UnicodeDecodeError, data: bytes, encoding: str) -> str:
    bad = f"byte 0x{data[error.start]:02X} at {error.start + 1}" if error.end < len(data) else "cut short"
    guess = likely(data)
    advice = f'likely {guess}; save it as UTF-8, or set encoding = "{guess}" for this input' if guess else "damaged?"
    return f"not {encoding.removesuffix('-sig')} text ({bad}): {advice}"


def likely(data: bytes) -> str:
    """The likeliest one-byte encoding of Cyrillic text, or empty.

    >>> likely("Қала күні".encode("kz1048")), likely("День города".encode("koi8-r"))
    ('kz1048', 'koi8-r')
    """
    high = [byte for byte in data[:20_000] if byte > 0x7F]
    if not high:
        return ""
    counts = {name: sum(byte in letters for byte in high) for name, letters in _LOWER_CASE.items()}
    best = max(counts, key=lambda name: counts[name])
    kazakh = sum(byte in _KAZAKH_IN_KZ1048 for byte in high)
    if best == "cp1251" and kazakh * 50 > len(high):
        return "kz1048" if (counts[best] + kazakh) * 2 > len(high) else ""
    return best if counts[best] * 2 > len(high) else ""


def _like_utf16(data: bytes) -> bool:
    odd, even = data[1::2].count(0), data[::2].count(0)
    return max(odd, even) * 5 > len(data) // 2 and min(odd, even) * 10 < max(odd, even)
