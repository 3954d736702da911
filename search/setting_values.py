"""Values of settings as they are written: what they mean, or what is wrong with them."""

import tomllib
from collections.abc import Iterable
from dataclasses import Field
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import SettingsError


def zone(name: str, where: str) -> ZoneInfo:
    """The time zone of this name.

    Raises:
        SettingsError: no such zone; the message says where the name stands.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(f"{where}: {name!r} is no time zone; names look like Asia/Almaty or Asia/Oral") from None


def network(text: str, where: str) -> IPv4Network | IPv6Network:
    """The network of this text; an address is one of its own.

    Raises:
        SettingsError: it is none; the message says where the text stands.
    """
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise SettingsError(f"{where}: {text!r} is no address and no network, such as 10.0.0.0/8 or ::1") from None


def read_file(config: Path) -> dict[str, Any]:
    """The settings of a TOML file, as they stand.

    Raises:
        SettingsError: it cannot be read, or is none.
    """
    try:
        return tomllib.loads(config.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{config}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config}: not a TOML file: {error}") from error


def unknown(name: str, known: Iterable[str]) -> str:
    """What to say of a setting that there is not, with the nearest one that there is."""
    near = get_close_matches(name, list(known), 1, 0.6)
    return f"unknown setting {name!r}; " + (f"did you mean {near[0]!r}?" if near else "`izde settings` lists all")


def checked(item: "Field[Any]", value: object, where: str) -> object:
    """The value of a setting. item: its row of the table; where: where the value stands.

    Raises:
        SettingsError: it cannot be.
    """
    kind = type(item.default)
    if kind is int:
        return _whole_number(item, value, where)
    if not isinstance(value, str):
        raise SettingsError(f"{where}: {value!r} must be text")
    if (choices := item.metadata["choices"]) and value not in choices:
        raise SettingsError(f"{where}: {value!r} must be one of {', '.join(choices)}")
    return Path(value) if issubclass(kind, Path) else value


def _whole_number(item: "Field[Any]", value: object, where: str) -> int:
    try:
        number = int(cast(str, value)) if not isinstance(value, bool) else None
    except (TypeError, ValueError):
        number = None
    low, high = item.metadata["min"], item.metadata["max"]
    if number is None or not low <= number <= high:
        raise SettingsError(f"{where}: {value!r} must be a whole number from {low} to {high}")
    return number
