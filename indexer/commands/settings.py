"""`izde settings`: every setting, its value, where that came from and what it is for."""

import os
from pathlib import Path

import click
import msgspec

from search import site
from search.settings import PREFIX, Settings, setting_fields


@click.command()
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="TOML file of settings.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def settings(config: Path | None, as_json: bool) -> None:
    """Show all settings with their values, sources and help; at last, what is wrong with the site's own."""
    values, sources = Settings.load_with_sources(os.environ, config)
    table = {
        item.name: {
            "value": value if isinstance(value := getattr(values, item.name), int) else str(value),
            "source": sources[item.name],
            "default": item.default if isinstance(item.default, int) else str(item.default),
            "variable": PREFIX + item.name.upper(),
            "help": item.metadata["help"],
        }
        for item in setting_fields()
    }
    if as_json:
        click.echo(msgspec.json.encode(table).decode())
    else:
        for name, row in table.items():
            click.echo(f"{name} = {row['value']}    [{row['source']}]\n    {row['help']}; {row['variable']}")
    site.load(values)
