"""The page for those who write programs: made from the tables of the API, with answers of this archive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from search.facets import table
from search.settings import Settings

from . import api_examples, api_words, formats, sharing
from .api import ENDS, PREFIX, End, Room
from .api_examples import Example
from .caching import Made
from .frame import asked_box, render
from .param_table import Param, search_params
from .translate import gettext


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter. help: in the reader's language, or `english` where nobody has said it there yet.

    values: those of a closed list; limits: what else may be given, and the default, in words.
    """

    name: str
    help: str
    english: str
    values: tuple[str, ...]
    limits: str


@dataclass(frozen=True, slots=True)
class Section:
    """An end: its path, what it is for, its parameters, and an example if this archive has one.

    like: the name of the end that it shares its parameters with, and the rows are those that only it has.
    """

    name: str
    path: str
    help: str
    english: str
    like: str
    rows: tuple[Row, ...]
    kind: str
    curl: str
    address: str
    answer: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything the page shows. root: the address of the site without a slash at its end.

    is_for_all: whether scripts of every site may ask.
    """

    root: str
    sections: tuple[Section, ...]
    statuses: tuple[tuple[int, str], ...]
    codes: tuple[tuple[str, str], ...]
    python: str
    harvest: str
    cache_s: int
    is_for_all: bool


def page(language: str) -> AnyResponse:
    """The page; its answers are those of the generation that is served."""
    room = Room.current()
    settings = room.settings
    addresses = room.addresses()
    box = asked_box(settings)

    def made() -> Made:
        info, examples = room.service.info(), api_examples.examples(room.service, addresses, PREFIX)
        root = room.root
        reference = Reference(
            root=root,
            sections=tuple(_sections(examples, root, language, settings)),
            statuses=tuple((status, api_words.status(status)) for status in api_words.STATUSES),
            codes=tuple((code, api_words.problem(code, settings)) for code in api_words.CODES),
            python=_PYTHON.format(root=root, prefix=PREFIX, word=api_examples.WORD),
            harvest=_HARVEST.format(root=root, prefix=PREFIX, word=api_examples.WORD),
            cache_s=settings.page_cache_s,
            is_for_all=sharing.is_for_all(settings),
        )
        keep = all(example.whole for example in examples.values())
        return Made(render("api.html", api=reference), info, keep)

    return room.caching.answered((request.path, box), made)


def _sections(examples: Mapping[str, Example], root: str, language: str, settings: Settings) -> Iterator[Section]:
    usual = search_params(settings)
    for end in ENDS:
        params, help_ = end.params(settings), api_words.end(end)
        alike = end.name != "search" and len(usual.keys() & params.keys()) > len(usual) / 2
        rows = [param for name, param in params.items() if not (alike and name in usual)]
        example = examples.get(end.name)
        yield Section(
            name=end.name,
            path=PREFIX + end.path,
            help=help_,
            english="" if help_ else end.help,
            like="search" if alike else "",
            rows=tuple(_row(param, end, settings, language) for param in rows),
            kind=end.kind,
            curl=api_examples.curl(root, example) if example else "",
            address=api_examples.address(root, example) if example else "",
            answer=example.answer if example else "",
        )


def _row(param: Param, end: End, settings: Settings, language: str) -> Row:
    help_ = api_words.parameter(param, end, table(settings.facets))
    values = param.choices if param.kind in ("choice", "list") else ()
    return Row(param.name, help_, "" if help_ else param.help, values, _limits(param, language))


def _limits(param: Param, language: str) -> str:
    match param.kind:
        case "whole":
            low, high = (formats.number(limit, language) for limit in (param.low, param.high))
            return gettext("%(low)s–%(high)s, әдепкісі %(usual)s", low=low, high=high, usual=param.default)
        case "choice" | "list":
            return gettext("әдепкісі %(usual)s", usual=param.default)
        case "text":
            return gettext("ең көбі %(count)s таңба", count=formats.number(param.high, language))
        case "values":
            return gettext("қайталауға болады; -мән – осы мәнсіз")
    return ""


_PYTHON = """import json
from urllib.parse import urlencode
from urllib.request import urlopen

address = "{root}{prefix}/search?" + urlencode({{"q": "{word}", "per_page": 5}})
with urlopen(address) as answer:
    found = json.load(answer)
print(found["total"])
for hit in found["results"]:
    print(hit["date"], hit["title"])
"""

_HARVEST = """import json
from urllib.parse import urlencode
from urllib.request import urlopen

address = "{root}{prefix}/search?" + urlencode({{"q": "{word}", "cursor": "*", "per_page": 100}})
while address:
    with urlopen(address) as answer:
        found = json.load(answer)
    for hit in found["results"]:
        print(hit["id"], hit["title"])
    address = found["links"]["next"]
"""
