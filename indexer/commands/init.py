"""`izde init`: a file of settings for a new site, with an example of every kind of input."""

from importlib import resources
from pathlib import Path

import click

_TEMPLATE = "site.toml"


@click.command()
@click.argument("file", required=False, default="izde.toml", type=click.Path(path_type=Path, dir_okay=False))
def init(file: Path) -> None:
    """Write the settings of a new site to FILE (izde.toml), with comments and one example of every kind of input.

    A file that exists is never written over.
    """
    text = resources.files("indexer").joinpath("data", _TEMPLATE).read_bytes()
    try:
        with file.open("xb") as out:
            out.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} exists already; it is left as it is") from None
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be written: {error.strerror}") from None
    click.echo(f"{file}: edit it, then run: izde reindex --config {file}")
