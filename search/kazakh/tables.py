"""Reads the tables of `data/`: tab-separated, `#` starts a comment line, the first other line names the columns."""

from functools import cache
from importlib import resources

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of `data/<name>.tsv` as dictionaries.

    Raises:
        ValueError: a row has more or fewer cells than the header; the message names file and line.
    """
    text = resources.files(__package__).joinpath("data", f"{name}.tsv").read_text("utf-8")
    header: list[str] | None = None
    out: list[Row] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != len(header):
            raise ValueError(f"{name}.tsv:{number}: {len(cells)} cells, {len(header)} columns")
        else:
            out.append(dict(zip(header, cells, strict=True)))
    return tuple(out)
