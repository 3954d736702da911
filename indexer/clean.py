"""A record as it was read becomes an article, or is rejected with a reason; what was odd is a remark."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlsplit

from search.kazakh.language import detect
from search.kazakh.slug import slug
from search.model import Article

from . import dates, markup, tidy
from .heading import without_title
from .inputs.fields import ARTICLE_FIELDS
from .records import Cleaned, Held, InputSpec, RawRecord, Rejected

LONGEST_ID: Final = 300
LONGEST_URL: Final = 2000
LONGEST_NAME: Final = 300
"""Characters of a category, source or author; more is no name, and is cut."""

_LANGUAGE_SAMPLE: Final = 2000
_DEEPEST: Final = 8
_LONGEST_NUMBER: Final = 1000  # bits
_LANGUAGES: Final = {
    "kaz": "kk",
    "kz": "kk",
    "қазақша": "kk",
    "kazakh": "kk",
    "rus": "ru",
    "russian": "ru",
    "орысша": "ru",
    "русский": "ru",
    "eng": "en",
    "english": "en",
}
_SCRIPTS: Final = ("Cyrl", "Latn", "Arab")


def clean(raw: RawRecord, spec: InputSpec) -> Cleaned | Rejected:
    """The article of a record, but for its language where the record names none: see `with_language`."""
    remarks: list[str] = []
    values = raw.values
    name, given = _identity(values.get("id"))
    if not name:
        return Rejected(raw.input, raw.file, raw.line, "", given)
    title, body = _title(values.get("title"), remarks), _body(values.get("body"), remarks)
    own = without_title(body, title)
    if own != body:
        body = own
        remarks.append("the title taken off the body")
    if not title and not body:
        return Rejected(raw.input, raw.file, raw.line, name, "no title and no body")
    if len(title.encode()) + len(body.encode()) > spec.article_bytes:
        reason = f"more text than an article may have ({spec.article_bytes:,} bytes): raise article_bytes"
        return Rejected(raw.input, raw.file, raw.line, name, reason)
    remarks += [f"no {what}" for what, text in (("title", title), ("body", body)) if not text]
    article = Article(
        name,
        title,
        body,
        url=_url(values.get("url") or given, remarks),
        published=_published(values.get("published"), spec, remarks),
        category=_name("category", _first(values.get("category")), remarks),
        source=_name("source", values.get("source"), remarks) or spec.source or spec.site,
        author=_name("author", values.get("author"), remarks),
        lang=_language(values.get("lang"), remarks) or spec.lang,
        script=values["script"] if values.get("script") in _SCRIPTS else "",
        extra=_extra(values, remarks),
        rights=spec.rights,
    )
    return _held(article, raw, spec) or Cleaned(article, raw.input, raw.file, raw.line, tuple(remarks))


def _held(article: Article, raw: RawRecord, spec: InputSpec) -> Rejected | None:
    """Why the article may not be published yet, if so."""
    holds = spec.embargo.holds(article.published, datetime.now(UTC)) if spec.embargo else False
    where = (raw.input, raw.file, raw.line, article.id)
    if holds is None:
        return Rejected(*where, "no date, so that it cannot be told when its embargo ends: give it one")
    return Held(*where, "held back by the embargo of its input") if holds else None


def with_language(cleaned: Cleaned) -> Cleaned:
    """The same with language and script found in the text, each where it is not given."""
    article = cleaned.article
    if article.lang and article.script:
        return cleaned
    found = detect(f"{article.title}\n{article.body[:_LANGUAGE_SAMPLE]}")
    lang = article.lang or found.lang
    remarks = cleaned.remarks if lang else (*cleaned.remarks, "language unknown")
    return replace(cleaned, article=replace(article, lang=lang, script=article.script or found.script), remarks=remarks)


def _identity(value: object) -> tuple[str, str]:
    """The id, and the address it was made of, if any; or an empty id and the reason."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _text(value) if not isinstance(value, float | list) else None
    if text is None:
        return "", "the id is neither text nor a whole number"
    name = tidy.one_line(text)
    if not name:
        return "", 'no id: give every record one, or name the key that holds it: fields = { KEY = "id" }'
    if len(name) > LONGEST_ID:
        return "", f"the id is longer than {LONGEST_ID} characters"
    scheme, mark, rest = name.partition("://")
    if mark and scheme in ("http", "https"):
        return f"{slug(rest)}-{blake2b(name.encode(), digest_size=4).hexdigest()}", name
    return name.strip("/") or name, ""


def _text(value: object) -> str | None:
    """Text of a raw value: numbers are written out, items of a list become paragraphs; None if it is something else."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.15g}"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < _LONGEST_NUMBER:
        return str(value)
    if isinstance(value, list):
        items = [item for item in value if isinstance(item, str)]
        return "\n\n".join(items) if len(items) == len(value) else None
    return None


def _read(field: str, value: object, remarks: list[str]) -> str:
    """Text of a field, without markup; what is no text is left out with a remark."""
    text = _text(value)
    if text is None:
        remarks.append(f"{field} left out, it is no text but {type(value).__name__}")
        return ""
    return markup.to_text(text) if markup.looks_like_html(text) else text


def _title(value: object, remarks: list[str]) -> str:
    return tidy.one_line(_read("title", value, remarks))


def _body(value: object, remarks: list[str]) -> str:
    return "\n\n".join(tidy.paragraphs(_read("body", value, remarks)))


def _name(field: str, value: object, remarks: list[str]) -> str:
    """A category, source or author: one line; of several the list, with commas."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    name = tidy.one_line(_read(field, value, remarks))
    if len(name) > LONGEST_NAME:
        remarks.append(f"{field} cut to {LONGEST_NAME} characters")
        name = name[:LONGEST_NAME].rstrip()
    return name


def _first(value: object) -> object:
    """An article stands under one category: the first of a list."""
    return value[0] if isinstance(value, list) and value else value


def _url(value: object, remarks: list[str]) -> str:
    url = tidy.one_line(value) if isinstance(value, str) else ""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
    except ValueError:
        good = False
    if good and len(url) <= LONGEST_URL:
        return url
    if value:
        remarks.append(f"url left out, not an http address: {str(value)[:100]!r}")
    return ""


def _published(value: object, spec: InputSpec, remarks: list[str]) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str | int | float):
        remarks.append(f"date left out, it is no text but {type(value).__name__}")
        return None
    parsed = dates.parse(value, spec.zone)
    if parsed.remark:
        remarks.append(parsed.remark)
    return parsed.value


def _language(value: object, remarks: list[str]) -> str:
    """The code of a language that the record names: `kk-KZ`, `kaz` and `kz` are `kk`."""
    if value is None or value == "":
        return ""
    code = value.strip().lower().replace("_", "-").partition("-")[0] if isinstance(value, str) else ""
    code = _LANGUAGES.get(code, code)
    if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
        remarks.append(f"language not understood: {str(value)[:40]!r}")
        return ""
    return code


def _extra(values: Mapping[str, Any], remarks: list[str]) -> dict[str, Any]:
    """The other keys, as JSON can hold them; an object under `extra` is laid open."""
    own = {**values.get("extra", {})} if isinstance(values.get("extra"), dict) else {}
    taken = {*ARTICLE_FIELDS, "script", *(("extra",) if own else ())}
    rest = own | {key: value for key, value in values.items() if key not in taken}
    out = {}
    for key, value in rest.items():
        try:
            out[tidy.one_line(key)] = _plain(value)
        except ValueError as error:
            remarks.append(f"{tidy.one_line(key)[:40]!r} left out: {error}")
    return out


def _plain(value: object, depth: int = 0) -> Any:
    """The value as JSON can hold it.

    Raises:
        ValueError: it goes too deep, or is a number that JSON does not have.
    """
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str):
        return tidy.scrub(value)
    if isinstance(value, dict):
        return {tidy.scrub(str(key)): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a number")
    if isinstance(value, int) and abs(value) >= 1 << 63:
        raise ValueError("a number too large")
    return value
