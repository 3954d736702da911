"""`izde evaluate`: how good the search is on a judged set."""

import sys
from pathlib import Path

import click
import msgspec

from ..evaluate import evaluated
from ..progress import Progress
from ..relevance import Run, measure
from .options import configured


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="TOML file of settings; else IZDE_CONFIG."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--run", "run_file", type=click.Path(path_type=Path, dir_okay=False), help="Write query, rank, document.")
def evaluate(folder: Path, config: Path | None, as_json: bool, run_file: Path | None) -> None:
    """Measure the search on DIR, which holds docs.jsonl, queries.jsonl and qrels.tsv.

    The documents are indexed in a scratch folder; each query is asked as a reader would ask it.
    """
    progress = Progress(quiet=not sys.stderr.isatty())
    judged, run = evaluated(
        folder, configured(None, config), progress, lambda text: click.echo(f"izde: {text}", err=True)
    )
    measures = measure(judged, run)
    if run_file:
        run_file.write_text(_lines(run), "utf-8")
    if as_json:
        click.echo(msgspec.json.encode(measures).decode())
        return
    click.echo(
        f"nDCG@10 {measures.ndcg10:.4f}  MRR@10 {measures.mrr10:.4f}  R@10 {measures.recall10:.4f}"
        f"  R@100 {measures.recall100:.4f}  ({measures.queries} queries)"
    )


def _lines(run: Run) -> str:
    return "".join(
        f"{query}\t{rank}\t{document}\n"
        for query, documents in run.items()
        for rank, document in enumerate(documents, 1)
    )
