"""`python -m bench.engine run` measures engines against each other, `serve` whole requests through gunicorn.

`build` compares how fast archives are indexed, `growth` the tables of several sizes.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from . import building, measure, queries, report, serve
from .corpus import Corpus, make
from .peers import BUILT, MOST_ARTICLES, PEERS, missing
from .processes import Asked, built, index_of


def run(args: argparse.Namespace) -> int:
    """Build what is missing, measure, and write tables and plot. 1 if answers disagree."""
    make(args.corpus, args.articles, source=args.source)
    corpus = Corpus(args.corpus, args.articles)
    names = [name for name in args.peers if _can(name, args.articles)]
    made = {}
    for name in names:
        made[name] = built(name, index_of(name, args.indexes, corpus), corpus)
        print(f"built {name}: {args.articles / made[name].seconds:,.0f} articles/s", file=sys.stderr)
    queries.load(corpus.folder, corpus.articles, args.queries)
    asked = {name: Asked(name, index_of(name, args.indexes, corpus), corpus, args.queries) for name in names}
    rows = []
    for row in measure.rows(asked, args.classes, args.rounds):
        rows.append(row)
        print(f"{row.kind:10}{row.peer:10}{row.quantile(0.5):10.3f}{row.quantile(0.95):10.3f}", file=sys.stderr)
    opened = {
        name: report.Opened(one.opened, one.bytes_before, one.bytes_opened, one.memory()) for name, one in asked.items()
    }
    for one in asked.values():
        one.close()
    text = report.head() + report.markdown(rows, made, opened, args.articles) + "\n"
    print(text)
    args.out.mkdir(parents=True, exist_ok=True)
    stem = args.out / f"engines-{args.articles}"
    stem.with_suffix(".md").write_text(text, "utf-8")
    report.write_csv(stem.with_suffix(".csv"), rows)
    stem.with_suffix(".svg").write_text(report.plot(rows, args.articles), "utf-8")
    return int(any(row.disagreed for row in rows))


def build(args: argparse.Namespace) -> int:
    """Build with the whole command and with stock Whoosh that holds the same, and print how fast each is."""
    print(building.compared(args.corpus, args.articles, args.rounds, args.peers, args.source))
    return 0


def growth(args: argparse.Namespace) -> int:
    """Print how times grow."""
    print(report.growth(args.out))
    return 0


def _can(name: str, articles: int) -> bool:
    """Whether a peer takes part; says why it does not."""
    lacking = missing(name)
    if articles > MOST_ARTICLES.get(name, articles):
        lacking = f"fewer articles: {MOST_ARTICLES[name]:,} at most"
    if lacking:
        print(f"without {PEERS[name]}, which needs {lacking}", file=sys.stderr)
    return not lacking


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
    actions = parser.add_subparsers(required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--articles", type=int, default=10_000)
    common.add_argument("--corpus", type=Path, default=Path("var/bench/corpus"))
    common.add_argument("--indexes", type=Path, default=Path("var/bench/indexes"))
    common.add_argument("--source", type=Path, help="what the corpus learns from; see bench.engine.corpus")
    common.add_argument("--queries", type=int, default=40, help="queries of each class")
    common.add_argument("--out", type=Path, default=Path("var/bench"), help="folder of the tables")
    one = actions.add_parser("run", parents=[common], help=run.__doc__)
    one.add_argument("--peers", type=_names(PEERS), default=list(PEERS), help=f"some of {','.join(PEERS)}")
    one.add_argument("--classes", type=_names(queries.CLASSES), default=list(queries.CLASSES))
    one.add_argument("--rounds", type=int, default=7)
    one.set_defaults(act=run)
    two = actions.add_parser("serve", parents=[common], help=serve.serve.__doc__)
    serve.options(two)
    two.set_defaults(act=serve.serve)
    four = actions.add_parser("build", parents=[common], help=build.__doc__)
    four.add_argument("--peers", type=_names(BUILT), default=list(BUILT), help=f"some of {','.join(BUILT)}")
    four.add_argument("--rounds", type=int, default=3)
    four.set_defaults(act=build)
    three = actions.add_parser("growth", help=report.growth.__doc__)
    three.add_argument("--out", type=Path, default=Path("var/bench"), help="folder of the tables")
    three.set_defaults(act=growth)
    args = parser.parse_args()
    return int(args.act(args))


def _names(known: Mapping[str, str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = text.split(",")
        if unknown := set(names) - set(known):
            raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        return names

    return read


if __name__ == "__main__":
    sys.exit(main())
