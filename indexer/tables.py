"""Reads the tables of `data/`: tab-separated; `#` starts a comment line, the first other line names the columns."""

from functools import cache
from importlib import resources

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of `data/<name>.tsv` as dictionaries.

    Raises:
        ValueError: a row has more or fewer cells than the header.
    """
    text = resources.files("indexer").joinpath("data", f"{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return tuple(dict(zip(lines[0], cells, strict=True)) for cells in lines[1:])
