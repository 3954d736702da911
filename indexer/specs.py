"""The inputs of a run, from the paths of the command line and the `[[input]]` tables of the settings."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from search import facets
from search.errors import SettingsError
from search.setting_values import zone
from search.settings import Settings

from .embargo import Embargo, embargo
from .errors import InputError
from .input_table import InputTable, nearest
from .inputs.fields import ARTICLE_FIELDS
from .records import InputSpec
from .sources import KEYS, source

FILES: Final = "files"
COMMON: Final = ("kind", "name", "source", "lang", "timezone", "fields", "rights", "embargo")
"""What every `[[input]]` table may hold."""

KINDS: Final = {FILES: ("path", "encoding"), **KEYS}
"""The kinds of inputs, and what tables of each may hold besides."""

RIGHTS: Final = ("full", "link")


def input_specs(paths: Sequence[Path], settings: Settings) -> tuple[InputSpec, ...]:
    """The inputs that the command names, else those of the settings.

    A path of the command that stands in an `[[input]]` table, or is the name of a fetched input, is read as that table
    says.

    Raises:
        SettingsError: a table with an unknown key or a value that cannot be; the message names the nearest right key.
        InputError: there is no input at all.
    """
    described = [_spec(InputTable(values, number), settings) for number, values in enumerate(settings.inputs, 1)]
    if not paths and not described:
        raise InputError("no input: name a folder of articles, or set [[input]] in the configuration file")
    known = {_absolute(Path(spec.name) if spec.fetched else spec.path): spec for spec in described}
    chosen = [known.get(_absolute(path)) or _plain(path, settings) for path in paths] if paths else described
    return _distinct(tuple(chosen))


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


def _plain(path: Path, settings: Settings) -> InputSpec:
    """A path that no table describes."""
    return _spec(InputTable({"path": str(path)}, 0), settings)


def _spec(table: InputTable, settings: Settings) -> InputSpec:
    kind = table.choice("kind", tuple(KINDS))
    table.only((*KINDS[kind], *COMMON))
    where, own, name = table.where, facets.own(settings.facets), _name(table)
    local = _zone(table, settings)
    fetched = None if kind == FILES else source(kind, table)
    if fetched is not None and not name:
        raise SettingsError(f"{where}: name is missing; what is fetched is kept under it")
    return InputSpec(
        settings.harvest / f"{name}.db" if fetched is not None else Path(table.text("path", None)).expanduser(),
        local,
        name=name,
        source=table.text("source"),
        lang=table.text("lang"),
        fields={
            **{name: name for name in own},  # a key that a facet is made of stands for no field of an article
            **field_map(settings.fields, own),
            **_fields(table.values.get("fields", {}), f"{where}: fields", own),
        },
        encoding=_encoding(table.text("encoding", "utf-8"), where),
        article_bytes=settings.article_bytes,
        site=settings.source,
        rights=table.choice("rights", RIGHTS),
        embargo=_embargo(table, local),
        fetched=fetched,
    )


def _name(table: InputTable) -> str:
    name = table.text("name")
    if "/" in name or len(name.split()) > 1 or name != name.strip():
        raise SettingsError(f"{table.where}: name = {name!r} stands in ids and can have no space and no slash")
    return name


def _zone(table: InputTable, settings: Settings) -> ZoneInfo:
    return zone(table.text("timezone"), f"{table.where}: timezone") if "timezone" in table else settings.zone


def _embargo(table: InputTable, local: ZoneInfo) -> Embargo | None:
    return embargo(table.values["embargo"], local, f"{table.where}: embargo") if "embargo" in table else None


def _fields(table: object, where: str, own: Sequence[str]) -> dict[str, str]:
    if not isinstance(table, Mapping):
        raise SettingsError(f'{where}: {table!r} must be a table, such as {{ headline = "title" }}')
    for key, field in table.items():
        if field not in (*ARTICLE_FIELDS, *own):
            near = nearest(str(field), (*ARTICLE_FIELDS, *own))
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


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()
