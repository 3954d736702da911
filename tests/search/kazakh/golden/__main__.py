"""The golden stems: 22,000 frequent word forms as fold keys, with the stem that each has.

python -m tests.search.kazakh.golden            show what differs, exit 1 if anything does
python -m tests.search.kazakh.golden --accept   write the stems of today (look at the differences first)
python -m tests.search.kazakh.golden --choose SHARED_DIR   choose the forms anew
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from indexer.learn_sources import SOURCES, key_counts
from search.kazakh.stem import Stemmer

GOLDEN = Path(__file__).with_name("stems.tsv")
NUMBER_OF_FORMS = 22_000


def read() -> dict[str, str]:
    """Key → accepted stem."""
    lines = GOLDEN.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def differences() -> Iterator[str]:
    """One line for each form whose stem is not the accepted one."""
    stemmer = Stemmer()
    for key, accepted in read().items():
        now = stemmer.stem(key)
        if now.value != accepted:
            yield f"{key}: {accepted} → {now.value}  ({', '.join(now.rules) or 'no rule'})"


def write(keys: list[str]) -> None:
    stemmer = Stemmer()
    head = "# key\tstem; frequent forms of the list of word forms (Apache-2.0) by their counts in the background texts"
    lines = [head, *(f"{key}\t{stemmer.stem(key).value}" for key in sorted(keys))]
    GOLDEN.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def frequent_forms(shared: Path) -> list[str]:
    """The keys of the word list (its first source) that the background texts (its second) use most."""
    known, counts = (key_counts(shared, source) for source in SOURCES[:2])
    forms = [key for key in counts if key in known and len(key) > 2]
    return sorted(forms, key=lambda key: (-counts[key], key))[:NUMBER_OF_FORMS]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--choose", type=Path, metavar="SHARED_DIR")
    args = parser.parse_args()
    if args.choose:
        write(frequent_forms(args.choose))
        return 0
    changed = list(differences())
    print("\n".join([*changed, f"{len(changed)} of {len(read())} golden stems differ"]))
    if args.accept:
        write(list(read()))
        return 0
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
