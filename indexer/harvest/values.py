"""Values of databases as JSON holds them, and the cursor of an incremental column as text."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "Decimal": Decimal,
    "int": int,
    "float": float,
    "str": str,
}


def plain(value: object) -> Any:
    """The value as text, number, list or object: dates as ISO 8601, bytes as UTF-8 text, what has no form as `str`."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


def to_cursor(value: object) -> str:
    """The value with its type.

    Raises:
        TypeError: of a type that cannot be compared again.
    """
    name = type(value).__name__
    if name not in _READ:
        raise TypeError(name)
    return json.dumps([name, value.isoformat() if isinstance(value, date) else value if name == "int" else str(value)])


def of_cursor(text: str) -> Any:
    """The value of a cursor."""
    name, value = json.loads(text)
    return _READ[name](value)
