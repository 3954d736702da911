"""Whether a text is one SELECT and nothing else, as far as that can be told without the database."""

import re

_PARTS = re.compile(
    r"""
    --[^\n]* | /\*.*?\*/                  # a comment
    | '(?:[^']|'')*' | "(?:[^"]|"")*"     # a text or a quoted name
    | `[^`]*` | \$(\w*)\$.*?\$\1\$
    """,
    re.DOTALL | re.VERBOSE,
)
_BEGINS = re.compile(r"\s*(?:\(\s*)*(?:select|with)\b", re.IGNORECASE)


def one_select(query: str) -> str:
    """The query without comments, and without the semicolon at its end; empty if it is not one SELECT.

    >>> one_select("select 1 -- one;"), one_select("select ';' ;"), one_select("select 1; drop table a")
    ('select 1', "select ';'", '')
    """
    bare = _PARTS.sub(lambda match: " " if match[0][:2] in ("--", "/*") else match[0], query).strip()
    bare = bare.removesuffix(";").rstrip()
    hollow = _PARTS.sub("''", bare)
    return bare if _BEGINS.match(bare) and ";" not in hollow else ""
