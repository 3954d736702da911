"""`izde withdraw`: takes articles out at once, and keeps them out."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from search.errors import EngineError
from search.generations import Generations
from search.withdrawn import Withdrawal, read

from ..space import told
from ..withdrawals import bring_back
from ..withdrawals import withdraw as take_out
from .options import configured, index_and_config


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@index_and_config
@click.option("--reason", default="", help="Why; kept in the list, never shown to readers.")
@click.option("--undo", is_flag=True, help="Bring the articles back.")
@click.option("--list", "listed", is_flag=True, help="Show what is withdrawn, when and why.")
@click.option("--json", "as_json", is_flag=True, help="With --list: print JSON.")
def withdraw(
    ids: tuple[str, ...], index: Path | None, config: Path | None, reason: str, undo: bool, listed: bool, as_json: bool
) -> None:
    """Take each article ID out of the service.

    Pages and API answer 410 for it and no search finds it within a second or two (the setting `poll_ms`), whether a
    reindex is at work or not, and no later run brings it back, until `--undo`. An ID that no article has is kept out
    should one come.

    Exit codes: 0 done · 1 the list is damaged · 2 usage · 3 done, but the index has no article with some ID ·
    6 no space or permission
    """
    folder = configured(index, config).index
    if not folder.is_dir():
        # Else the article would be taken for gone, and the site show it all the same.
        raise click.UsageError(f"no index at {folder}: --index or --config names the one that is served")
    if listed:
        _show(read(folder), as_json)
        return
    if not ids:
        raise click.UsageError("no article: give its ID, as its address has it; --list shows what is withdrawn")
    if not undo and not reason.strip():
        raise click.UsageError("no reason: say why with --reason, for those who will ask in a year")
    with told(folder):
        changed = bring_back(folder, ids) if undo else take_out(folder, ids, reason.strip())
    for one in changed:
        click.echo(f"{one.id}: {'қайтарылды' if undo else 'алынып тасталды'}")
    for name in dict.fromkeys(ids):
        if name not in {one.id for one in changed}:
            click.echo(f"{name}: {'алынып тасталмаған' if undo else 'бұрыннан алынып тасталған'}")
    if undo and changed:
        click.echo("Келесі «izde reindex» орындалғанда олар іздеуге қайтып келеді (әлі индексте тұрса – бірден).")
    missing = [] if undo else _missing(folder, (one.id for one in changed))
    for name in missing:
        click.echo(f"izde: {name}: no article of the index has this id; it is kept out should one come", err=True)
    sys.exit(3 if missing else 0)


def _missing(folder: Path, ids: Iterable[str]) -> list[str]:
    """Those that the generation which is served does not have; none where none can be served."""
    wanted = list(ids)
    generations = Generations(folder, poll_ms=0)
    try:
        with generations.lease() as generation:
            found = generation.engine.get(wanted)
    except EngineError:
        return []
    finally:
        generations.close()
    return [one for one, article in zip(wanted, found, strict=True) if article is None]


def _show(withdrawn: tuple[Withdrawal, ...], as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(withdrawn).decode())
        return
    for one in withdrawn:
        click.echo(f"{one.time:%Y-%m-%d %H:%M} UTC  {one.id}  {one.reason}")
