"""`izde analyze`: how the index reads a text, token by token."""

from pathlib import Path

import click
import msgspec

from search.generations import Generations
from search.kazakh import Analyzer, Token

from .options import configured, index_and_config


@click.command()
@click.argument("text")
@index_and_config
def analyze(text: str, index: Path | None, config: Path | None) -> None:
    """Show every token of TEXT as one JSON object a line: text, offsets, exact form, fold key, stem, other readings.

    With --index the analysis is the one that this index was built with, else the one that ships with Izde.
    """
    if index is None:
        _show(Analyzer().analyze(text))
        return
    settings = configured(index, config)
    generations = Generations(settings.index, settings.poll_ms)
    try:
        with generations.lease() as generation:
            _show(generation.analyzer.analyze(text))
    finally:
        generations.close()


def _show(tokens: list[Token]) -> None:
    for token in tokens:
        click.echo(msgspec.json.encode(described(token)).decode())


def described(token: Token) -> dict[str, object]:
    """The token with its first reading flat and the others under `readings`."""
    first, *others = (msgspec.to_builtins(reading) for reading in token.readings)
    return {
        "text": token.text,
        "start": token.start,
        "end": token.end,
        "position": token.position,
        **first,
        "readings": others,
    }
