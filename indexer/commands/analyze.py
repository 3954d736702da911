"""`izde analyze`: how the index reads a text, token by token."""

from pathlib import Path

import click
import msgspec

from search.generations import Generations
from search.kazakh import Analyzer
from search.kazakh.explained import Explained, Name, explained

from .options import configured, index_and_config


@click.command()
@click.argument("text")
@index_and_config
def analyze(text: str, index: Path | None, config: Path | None) -> None:
    """Show every token of TEXT as one JSON object a line: its readings with their rules, and known names.

    The keys are those of the JSON API: text, offsets, exact form, fold key, stem, rules; other readings; the name that
    the token is part of, with the other names of the same thing.

    With --index the analysis is the one that this index was built with, else the one that ships with Izde.
    """
    if index is None:
        _show(explained(text, Analyzer()))
        return
    settings = configured(index, config)
    generations = Generations(settings.index, settings.poll_ms)
    try:
        with generations.lease() as generation:
            _show(explained(text, generation.analyzer))
    finally:
        generations.close()


def _show(tokens: list[Explained]) -> None:
    for token in tokens:
        click.echo(msgspec.json.encode(described(token)).decode())


def described(shown: Explained) -> dict[str, object]:
    """The token with its first reading flat, the others under `readings`, and its name."""
    token = shown.token
    first, *others = (msgspec.to_builtins(reading) for reading in token.readings)
    return {
        "text": token.text,
        "start": token.start,
        "end": token.end,
        "position": token.position,
        **first,
        "readings": others,
        "name": None if shown.name is None else _named(shown.name),
    }


def _named(name: Name) -> dict[str, object]:
    others = [{"text": other.text, "lang": other.lang, "rule": other.rule} for other in name.others]
    return {"text": name.text, "kind": name.kind, "first": name.first, "last": name.last, "others": others}
