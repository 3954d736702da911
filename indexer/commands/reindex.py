"""`izde reindex`: from what an archive has to a new generation of its index."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import click

from search.freshness import age
from search.settings import Settings

from .. import color, memory
from ..courtesy import stand_back
from ..ending import Ending
from ..fetch import fetch
from ..harvest import Harvest
from ..ledger import Ledger
from ..limits import Limit
from ..lock import Busy
from ..options import Options, Outcome
from ..printable import printable
from ..processes import Crew
from ..progress import Progress
from ..records import InputSpec
from ..report import Problem, Remark, Report, summary, to_json
from ..run import run
from ..since import since_ns
from ..specs import input_specs
from ..survey import How, Survey, survey
from .options import configured, index_and_config


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(path_type=Path))
@index_and_config
@click.option("--dry-run", is_flag=True, help="Read and compare only; list on stdout what would change.")
@click.option("--full", is_flag=True, help="Look again at everything that is fetched; not with --if-needed.")
@click.option("--offline", is_flag=True, help="Fetch nothing; read what was fetched before.")
@click.option("--if-needed", is_flag=True, help="Build nothing if nothing has changed; so it does without, too.")
@click.option("--since", metavar="AGE|DATE", help="Look only at files changed since; nothing leaves the index.")
@click.option("--no-delete", is_flag=True, help="Keep articles that are in no input any more, this time.")
@click.option("--keep-learned", is_flag=True, help="With --full: take the stems and vectors that there are.")
@click.option("--retry-quarantine", is_flag=True, help="Try again the records that the last run rejected.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first record that is rejected anew.")
@click.option("--link", is_flag=True, help="Share files between generations; damage of one is damage of both.")
@click.option("--max-delete", metavar="N|N%", help="Articles gone that stop the run; default 20%.")
@click.option("--max-errors", metavar="N|N%", help="Rejected records of an input that stop the run; default 20%.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that analyse; default by number of articles.")
@click.option("--limit-mb", type=click.IntRange(16, 65_536), help="Memory for building, as a guide; default 256.")
@click.option("--keep", type=click.IntRange(1, 100), help="Generations kept; default 2.")
@click.option("--lock-wait", type=click.FloatRange(0, 86_400), default=0, help="Seconds to wait for another run.")
@click.option("--stale-after", metavar="AGE", help="Last success after which a busy lock is an error; default 24h.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the JSON report to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON report instead of the summary.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing unless something went wrong.")
@click.option(
    "--color", "colors", type=click.Choice(color.CHOICES), default="auto", help="Colour; auto: on a terminal."
)
@click.option("-v", "--verbose", is_flag=True, help="List rejected records and remarks; tracebacks of failures.")
def reindex(
    inputs: tuple[Path, ...],
    index: Path | None,
    config: Path | None,
    dry_run: bool,
    full: bool,
    offline: bool,
    if_needed: bool,
    since: str | None,
    no_delete: bool,
    keep_learned: bool,
    retry_quarantine: bool,
    fail_fast: bool,
    link: bool,
    max_delete: str | None,
    max_errors: str | None,
    workers: int | None,
    limit_mb: int | None,
    keep: int | None,
    lock_wait: float,
    stale_after: str | None,
    report: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    colors: str,
) -> None:
    """Build a new generation from each INPUT and let it be served.

    INPUT is a folder or a file of .txt, .jsonl, .csv, .html, .warc, .xml (WordPress), .zip or .tar, or the name of an
    input of the settings that is fetched; without one, all inputs of the settings are read.
    All inputs of the index belong in one run: what no input holds any more leaves the index.

    \b
    Exit codes: 0 done, or nothing to do · 1 failed · 2 usage or settings
    3 done, but records were rejected or an input could not be fetched
    4 another run is at work and the last success is old
    5 stopped for safety · 6 no space or permission · 130, 143 interrupted
    """  # noqa: D301  # click reads the backspace as «keep these lines»
    color.choose(colors)
    if full and if_needed:
        raise click.UsageError("--full builds in any case, --if-needed only where something changed: give one of them")
    if keep_learned and not full:
        raise click.UsageError("--keep-learned is for --full; every other run keeps what was learned")
    if full and no_delete:
        raise click.UsageError("--full takes what the inputs hold, --no-delete keeps what they do not: give one")
    if full and since:
        raise click.UsageError("--full looks at everything, --since at what is new: give one of them")
    if full and offline:
        raise click.UsageError("--full fetches everything again, --offline nothing: give one of them")
    settings = _settings(configured(index, config), limit_mb, keep)
    ending = click.get_current_context().with_resource(Ending(settings, _warn, dry_run=dry_run))
    stand_back(settings.nice)
    workers, short = memory.workers(settings, workers or settings.reindex_workers or None, memory.available())
    if short:
        _warn(short)
    options = Options(
        max_delete=Limit.parse(max_delete or settings.max_delete, "--max-delete" if max_delete else "max_delete"),
        max_errors=Limit.parse(max_errors or settings.max_errors, "--max-errors" if max_errors else "max_errors"),
        stale_after=age(stale_after or settings.stale_after, "--stale-after" if stale_after else "stale_after"),
        workers=workers,
        lock_wait_s=lock_wait,
        dry_run=dry_run,
        fail_fast=fail_fast,
        full=full,
        keep_learnt=keep_learned,
        link=link,
    )
    progress = Progress(quiet=quiet)
    crew, specs, harvests = Crew(), input_specs(inputs, settings), dict[str, Harvest]()
    fetching = partial(fetch, specs, settings, progress, _warn, harvests, full=full, offline=offline, quiet=quiet)
    how = How(retry_quarantine, since_ns(since, settings.zone) if since else None, no_delete or bool(since))
    read = _reader(specs, fetching, settings.index, workers, progress, crew, how, quiet=quiet)
    try:
        outcome = run(read, settings, options, progress, _warn, crew, harvests)
    except Busy as busy:
        if not quiet:
            click.echo(f"izde: {busy}", err=True)
        return
    finally:
        crew.close()
    ending.succeeded(outcome.report)
    if report:
        _write(report, outcome)
    _tell(outcome, as_json=as_json, quiet=quiet, verbose=verbose)
    sys.exit(0 if dry_run else outcome.report.exit_code)


def _settings(settings: Settings, limit_mb: int | None, keep: int | None) -> Settings:
    return replace(settings, memory_mb=limit_mb or settings.memory_mb, keep=keep or settings.keep)


def _reader(
    specs: Sequence[InputSpec],
    fetching: Callable[[], None],
    scratch: Path,
    workers: int | None,
    progress: Progress,
    crew: Crew,
    how: How,
    *,
    quiet: bool,
) -> Callable[[Ledger | None, bool], Survey]:
    """What looks at the inputs; it fetches once, when it is first called."""
    fetch_once = cache(fetching)

    def read(before: Ledger | None, afresh: bool) -> Survey:
        fetch_once()
        with progress.phase("қарау"):
            found = survey(specs, scratch, workers, crew, before, replace(how, afresh=afresh))
        if not quiet:
            for name, files in found.skipped.items():
                if files:
                    _warn(f"{name}: {len(files)} files of no known kind were passed over, such as {files[0]}")
        return found

    return read


def _warn(text: str) -> None:
    color.say("izde:", "yellow", f" {text}", err=True)


def _write(path: Path, outcome: Outcome) -> None:
    """The index is published by now, so a report that cannot be written is no failure of the run."""
    try:
        path.write_bytes(to_json(outcome.report))
    except OSError as error:
        _warn(f"{path}: the report could not be written: {error.strerror}")


def _tell(outcome: Outcome, *, as_json: bool, quiet: bool, verbose: bool) -> None:
    report = outcome.report
    if verbose:
        _list(report)
    if as_json:
        click.echo(to_json(report).decode(), nl=False)
    elif report.dry_run:
        for sign, ids in (("+", outcome.added), ("~", outcome.changed), ("-", outcome.removed)):
            for one in ids():
                click.echo(f"{sign} {printable(one)}")
        _summarize(outcome, err=True)
    elif not quiet or report.exit_code:
        _summarize(outcome, err=False)


def _summarize(outcome: Outcome, *, err: bool) -> None:
    first, line_end, rest = summary(outcome.report, str(outcome.quarantine)).partition("\n")
    color.say(first, "yellow" if outcome.report.exit_code else "green", line_end + rest, err=err)


def _list(report: Report) -> None:
    """Every rejected record and every remark."""
    problems: list[Problem | Remark] = [*report.errors, *(remark for one in report.inputs for remark in one.remarks)]
    for one in problems:
        said = one.reason if isinstance(one, Problem) else one.remark
        _warn(f"{one.file}{f':{one.line}' if one.line else ''}: {said}")
