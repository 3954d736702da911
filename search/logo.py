"""The logo of a site: a PNG or an SVG picture, looked at before it is served to anyone."""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from .errors import SettingsError

MOST_BYTES: Final = 200_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_ACTIVE: Final = frozenset("script foreignObject iframe object embed audio video handler listener set animate".split())
"""Elements that run something, load something or change others; a picture needs none of them."""

_NUMBER: Final = re.compile(r"\s*([0-9.]+)(?:px)?\s*")


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture: its bytes, media type, and size in pixels, by which pages keep its place. stamp: a hash of it."""

    data: bytes
    kind: str
    width: int
    height: int

    @property
    def stamp(self) -> str:
        """A short hash of the bytes."""
        return hashlib.blake2b(self.data, digest_size=6).hexdigest()


def read(path: Path, where: str) -> Logo:
    """The picture in this file. where: the setting that names it, for the message.

    Raises:
        SettingsError: it cannot be read, is too large, no picture of these kinds, or an SVG with more than a picture.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{where}: {path} cannot be read: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise SettingsError(f"{where}: {path} has more than {MOST_BYTES:,} bytes")
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        kind = "image/png"
    else:
        width, height = _svg(data, f"{where}: {path}")
        kind = "image/svg+xml"
    if not (0 < width <= 10_000 and 0 < height <= 10_000):
        raise SettingsError(f"{where}: {path} has no size, or one that cannot be")
    return Logo(data, kind, width, height)


def _svg(data: bytes, where: str) -> tuple[int, int]:
    """The size of an SVG that is nothing but a picture."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<?xml-stylesheet" in data:
        raise SettingsError(f"{where}: a logo in SVG has no document type, entities or stylesheets")
    try:
        root = ElementTree.fromstring(data.decode())  # noqa: S314  # it declares nothing, see above
    except (ElementTree.ParseError, ValueError):
        raise SettingsError(f"{where}: a logo is a PNG or an SVG picture (UTF-8); this is neither") from None
    if root.tag != f"{_SVG}svg":
        raise SettingsError(f"{where}: the root of an SVG picture is <svg>, this is {root.tag!r}")
    if wrong := next(_wrong(root), ""):
        raise SettingsError(f"{where}: it holds {wrong}; save it as a plain SVG without scripts and references")
    return _size(root)


def _wrong(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _ACTIVE:
            yield f"<{name}>"
        if name == "style" and _is_leading_out(element.text or ""):
            yield "a style that loads something"
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            if local.startswith("on"):
                yield f"the handler {local}"
            if local in ("href", "src") and not value.startswith("#"):
                yield f"a reference to {value[:40]!r}"
            if local not in ("href", "src") and _is_leading_out(value):
                yield f"{local}={value[:40]!r}"


def _is_leading_out(style: str) -> bool:
    """Whether a style refers to anything but a part of the picture."""
    text = style.lower()
    return "\\" in text or "@import" in text or bool(re.search(r"url\(\s*['\"]?\s*(?!['\"#\s])", text))


def _size(root: ElementTree.Element) -> tuple[int, int]:
    sides = [_NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(sides):
        return _pixels(*(side[1] for side in sides if side))
    box = root.get("viewBox", "").replace(",", " ").split()
    return _pixels(*box[2:]) if len(box) == 4 else (0, 0)


def _pixels(width: str, height: str) -> tuple[int, int]:
    try:
        return round(float(width)), round(float(height))
    except (ValueError, OverflowError):
        return 0, 0
