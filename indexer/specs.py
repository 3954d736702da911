"""The inputs of a run, from the paths of the command line and the `[[input]]` tables of the settings."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from search import facets
from search.errors import SettingsError
from search.settings import Settings, zone

from .errors import InputError
from .inputs.fields import ARTICLE_FIELDS
from .records import InputSpec

KEYS: Final = ("path", "name", "source", "lang", "timezone", "fields", "encoding")
"""What an `[[input]]` table may hold."""


def input_specs(paths: Sequence[Path], settings: Settings) -> tuple[InputSpec, ...]:
    """The inputs that the command names, else those of the settings.

    A path of the command that stands in an `[[input]]` table is read as that table says.

    Raises:
        SettingsError: a table with an unknown key or a value that cannot be; the message names the nearest right key.
        InputError: there is no input at all.
    """
    tables = [_table(table, number) for number, table in enumerate(settings.inputs, 1)]
    if not paths and not tables:
        raise InputError("no input: name a folder of articles, or set [[input]] in the configuration file")
    known = {_absolute(Path(table["path"])): table for table in tables}
    chosen = [known.get(_absolute(path), {"path": str(path)}) for path in paths] if paths else tables
    return _distinct(tuple(_spec(table, settings) for table in chosen))


def field_map(text: str, own: Sequence[str] = ()) -> dict[str, str]:
    """The setting `fields`, such as `headline=title,text=body`, as a table.

    own: the facets of the site, which keys may stand for too.

    Raises:
        SettingsError: a part that is no `key=field`, or a field that articles do not have.
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    wrong = next((key for key, sign, _ in pairs if not sign or not key.strip()), None)
    if wrong is not None:
        raise SettingsError(f"fields: {wrong!r} is no key=field, such as headline=title")
    return _fields({key.strip(): field.strip() for key, _, field in pairs}, "fields", own)


def _table(table: object, number: int) -> dict[str, Any]:
    """The table with every key and kind of value checked."""
    where = f"[[input]] {number}"
    if not isinstance(table, Mapping):
        raise SettingsError(f"{where}: inputs are tables, each under a line [[input]]")
    for key, value in table.items():
        if key not in KEYS:
            raise SettingsError(f"{where}: unknown key {key!r}{_nearest(key, KEYS)}")
        if key != "fields" and not (isinstance(value, str) and value):
            raise SettingsError(f"{where}: {key} = {value!r} must be text")
    if "path" not in table:
        raise SettingsError(f"{where}: path is missing")
    name = table.get("name", "")
    if "/" in name or len(name.split()) > 1 or name != name.strip():
        raise SettingsError(f"{where}: name = {name!r} stands in ids and can have no space and no slash")
    return {**table, "where": where}


def _spec(table: Mapping[str, Any], settings: Settings) -> InputSpec:
    where, own = table.get("where", "input"), facets.own(settings.facets)
    return InputSpec(
        Path(table["path"]).expanduser(),
        _zone(table, settings, where),
        name=table.get("name", ""),
        source=table.get("source", ""),
        lang=table.get("lang", ""),
        fields={
            **{name: name for name in own},  # a key that a facet is made of stands for no field of an article
            **field_map(settings.fields, own),
            **_fields(table.get("fields", {}), f"{where}: fields", own),
        },
        encoding=_encoding(table.get("encoding", "utf-8"), where),
        article_bytes=settings.article_bytes,
        site=settings.source,
    )


def _zone(table: Mapping[str, Any], settings: Settings, where: str) -> ZoneInfo:
    return zone(table["timezone"], f"{where}: timezone") if "timezone" in table else settings.zone


def _fields(table: object, where: str, own: Sequence[str]) -> dict[str, str]:
    if not isinstance(table, Mapping):
        raise SettingsError(f'{where}: {table!r} must be a table, such as {{ headline = "title" }}')
    for key, field in table.items():
        if field not in (*ARTICLE_FIELDS, *own):
            near = _nearest(str(field), (*ARTICLE_FIELDS, *own))
            raise SettingsError(f"{where}: {key} = {field!r} is no field of an article{near}")
    return dict(table)


def _encoding(name: str, where: str) -> str:
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise SettingsError(f"{where}: encoding = {name!r} is not known; names look like utf-8 or cp1251") from None
    return name


def _distinct(specs: tuple[InputSpec, ...]) -> tuple[InputSpec, ...]:
    """The same, when no name and no path stands twice."""
    names = [spec.name for spec in specs if spec.name]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise SettingsError(f"[[input]]: the name {twice!r} stands twice; ids begin with it")
    return tuple({_absolute(spec.path): spec for spec in specs}.values())


def _nearest(word: str, right: Sequence[str]) -> str:
    near = get_close_matches(word, right, 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(right)}"


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()
