"""`izde search`: ask the index from the shell."""

from datetime import date
from pathlib import Path

import click
import msgspec

from search.model import Hit, Match, Page, Query, Snippet, Sort
from search.service import SearchService

from .options import configured, index_and_config


@click.command()
@click.argument("query")
@index_and_config
@click.option("--match", type=click.Choice([*Match]), default=Match.SMART, help="By stem, or the very form typed.")
@click.option("--sort", type=click.Choice([*Sort]), default=None, help="Default: by relevance.")
@click.option("--page", default=1, show_default=True)
@click.option("--per-page", default=10, show_default=True)
@click.option("--explain", is_flag=True, help="Show the parts of each score.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with the keys of the JSON API.")
def search(
    query: str,
    index: Path | None,
    config: Path | None,
    match: str,
    sort: str | None,
    page: int,
    per_page: int,
    explain: bool,
    as_json: bool,
) -> None:
    """Search for QUERY: words, "phrases", -word."""
    settings = configured(index, config)
    service = SearchService(settings)
    asked = Query(
        query,
        Match(match),
        sort=Sort(sort) if sort else None,
        page=page,
        per_page=per_page,
        facets=(),
        snippets=1,
        half_life=settings.half_life_days,
        explain=explain,
    )
    try:
        answer = service.search(asked)
    finally:
        service.close()
    if as_json:
        click.echo(msgspec.json.encode(_wire(answer)).decode())
    else:
        _print(answer)


def _wire(page: Page) -> dict[str, object]:
    return {
        "query": {"q": page.query.text, "match": page.query.match, "notes": [_note(note) for note in page.notes]},
        "total": page.total,
        "total_all_words": page.total_all_words,
        "page": page.query.page,
        "pages": page.pages,
        "results": [_result(hit) for hit in page.hits],
        "index": {"generation": page.index.generation, "documents": page.index.documents},
        "took_ms": round(page.took_ms, 1),
    }


def _note(note: object) -> object:
    kept: dict[str, str] = msgspec.to_builtins(note)
    return {"kind": kept["kind"], "from": kept["source"], "to": kept["target"]}


def _result(hit: Hit) -> dict[str, object]:
    article = hit.article
    parts = {} if hit.explanation is None else {"explanation": hit.explanation}
    return parts | {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "published": article.published,
        "category": article.category,
        "source": article.source,
        "author": article.author,
        "lang": article.lang,
        "score": round(hit.score, 4),
        "matched_forms": hit.matched_forms,
        "snippets": [{"text": snippet.text, "marks": snippet.marks} for snippet in hit.snippets],
    }


def _print(page: Page) -> None:
    click.echo(f"{page.total} нәтиже · {page.index.generation} · {page.took_ms:.0f} мс")
    first = (page.query.page - 1) * page.query.per_page + 1
    for number, hit in enumerate(page.hits, first):
        click.echo(f"\n{number}. {_marked(hit.title)}")
        click.echo(f"   {_meta(hit.article.date, hit.article.category, hit.article.source)} · {hit.article.id}")
        if hit.explanation:
            click.echo("   " + " + ".join(f"{part:.4f} {name}" for name, part in hit.explanation.items() if part))
        for snippet in hit.snippets:
            click.echo(f"   {'… ' if snippet.cut_before else ''}{_marked(snippet)}{' …' if snippet.cut_after else ''}")


def _meta(day: date | None, *others: str) -> str:
    return " · ".join(part for part in (day.isoformat() if day else "", *others) if part)


def _marked(snippet: Snippet) -> str:
    """The text with its marks in bold; click leaves the escape codes out where the output is no terminal."""
    out, at = [], 0
    for start, end in snippet.marks:
        out += [snippet.text[at:start], click.style(snippet.text[start:end], bold=True)]
        at = end
    return "".join([*out, snippet.text[at:]])
