"""Gzip and deflate, with a bound on what comes out."""

import zlib
from typing import Final

_EITHER: Final = 47  # window bits of zlib: gzip and zlib, told apart by their heads
GZIP: Final = b"\x1f\x8b"


class TooLarge(ValueError):
    """More comes out than may."""


def unpacked(data: bytes, limit: int) -> bytes:
    """The bytes that were packed; of several gzip members in a row all.

    Raises:
        TooLarge: they are more than `limit`.
        zlib.error: the data is damaged or cut short.
    """
    out = bytearray()
    while data:
        packer = zlib.decompressobj(_EITHER)
        out += packer.decompress(data, limit + 1 - len(out))
        if len(out) > limit:
            raise TooLarge
        if not packer.eof:
            raise zlib.error("cut short")
        data = packer.unused_data if packer.unused_data.startswith(GZIP) else b""
    return bytes(out)
