"""Whether what Izde stands on is there, and new enough."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

from .finding import Finding, error, ok
from .look import Look

_NEEDED: Final = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?(>=|==)([0-9.]+)")
_LEAST_PYTHON: Final = (3, 11)


def python(_: Look) -> Iterator[Finding]:
    """The version of Python."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _LEAST_PYTHON:
        yield error("Python", f"version {found}", sys.executable, "Izde needs Python 3.11 or newer")
    else:
        yield ok("Python", f"version {found}", sys.executable)


def libraries(_: Look) -> Iterator[Finding]:
    """The versions of what Izde was installed with."""
    advice = "install them as docs/operations.md says: pip install --require-hashes -r requirements.lock"
    try:
        needed = [found for line in requires("izde") or () if "extra ==" not in line and (found := _NEEDED.match(line))]
    except PackageNotFoundError:
        yield error("libraries", "izde itself is not installed in this Python", sys.prefix, advice)
        return
    wrong = list(filter(None, map(_wrong, needed)))
    if wrong:
        yield error("libraries", "; ".join(wrong), sys.prefix, advice)
    else:
        yield ok("libraries", f"izde {version('izde')}, {len(needed)} libraries as they are needed", sys.prefix)


def _wrong(needed: re.Match[str]) -> str:
    name, sign, wanted = needed.groups()
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    fits = numbers(found) == numbers(wanted) if sign == "==" else numbers(found) >= numbers(wanted)
    return "" if fits else f"{name} is {found}, {sign}{wanted} is needed"


def numbers(text: str) -> tuple[int, ...]:
    """A version as numbers that compare.

    >>> numbers("3.10.0rc1") > numbers("3.9")
    True
    """
    found = re.match(r"\d+(?:\.\d+)*", text)
    parts = [int(part) for part in found[0].split(".")] if found else []
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
