"""The ledger of a generation: what it was made of, record by record. The next run compares the inputs with it.

The file `articles.izde`, a mapped file of the arrays of `columns.py` and `facts`, a JSON of the rest.
"""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.records import Held, Rejected
from search import manifest
from search.errors import IndexCorrupt
from search.mapped import Mapped
from search.mapped_writer import MappedWriter
from search.names import Names

from .columns import FileColumns, Finished, Found, Read

KIND: Final = "ledger"
VERSION: Final = 1

T = TypeVar("T", FileColumns, Found, Read, Finished)


@dataclass(frozen=True, slots=True)
class Ledger:
    """inputs, specs: of each input its name, and a hash of how its records are read.

    shown, sources, langs, scripts: what the numbers mean. rejected: by the number of the record. repeated: the hashes
    of paragraphs that publications repeat, rising. learnt: how many articles the index had when all of it was learnt.
    """

    inputs: tuple[str, ...]
    specs: tuple[str, ...]
    shown: tuple[str, ...]
    sources: tuple[str, ...]
    langs: tuple[str, ...]
    scripts: tuple[str, ...]
    files: FileColumns
    found: Found
    read: Read
    finished: Finished
    rejected: dict[int, Rejected]
    repeated: NDArray[np.uint64]
    learnt: int

    def ids(self) -> list[str]:
        """The ids of the articles that are in the index, in the order they were read."""
        return self.read.id.strings(np.flatnonzero(self.finished.is_in))

    def digests(self) -> dict[str, bytes]:
        """Their hashes by their ids."""
        data = self.finished.digest[self.finished.is_in].astype("<u8").tobytes()
        return {one: data[16 * at : 16 * at + 16] for at, one in enumerate(self.ids())}


_TEXTS: Final = ("inputs", "specs", "shown", "sources", "langs", "scripts")


def write(folder: Path, ledger: Ledger) -> None:
    """Write the file of a generation.

    Raises:
        OSError: it cannot be written.
    """
    facts = {name: getattr(ledger, name) for name in _TEXTS} | {
        "rejected": [_listed(number, one) for number, one in ledger.rejected.items()],
        "learnt": ledger.learnt,
    }
    file = MappedWriter(folder / manifest.ARTICLES, KIND, VERSION)
    try:
        file.add("facts", np.frombuffer(json.dumps(facts).encode(), np.uint8))
        for part in ("files", "found", "read", "finished"):
            held = getattr(ledger, part)
            for name in (one.name for one in fields(held)):
                _add(file, f"{part}.{name}", getattr(held, name))
        file.add("repeated", ledger.repeated)
        file.finish()
    finally:
        file.abort()


def read(folder: Path) -> Ledger:
    """The ledger of a generation; every byte of it is compared with its checksums.

    Raises:
        IndexCorrupt: the file is not what was written.
    """
    path = folder / manifest.ARTICLES
    file = Mapped(path, KIND, VERSION)
    try:
        file.check_all()
        # Names of files and ids may hold half a surrogate pair, which JSON of ASCII alone can say.
        facts = json.loads(file.whole("facts").tobytes())
        texts = {name: tuple(facts[name]) for name in _TEXTS}
        rejected = {int(number): _rejected(*rest) for number, *rest in facts["rejected"]}
        learnt = int(facts["learnt"])
    except (ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(path, f"its facts are wrong ({error})") from error
    return Ledger(
        **texts,
        files=_part(file, "files", FileColumns),
        found=_part(file, "found", Found),
        read=_part(file, "read", Read),
        finished=_part(file, "finished", Finished),
        rejected=rejected,
        repeated=file.whole("repeated"),
        learnt=learnt,
    )


def _add(file: MappedWriter, name: str, held: Any) -> None:
    if isinstance(held, Names):
        file.add(f"{name}_text", held.text)
        file.add(f"{name}_ends", held.ends)
    else:
        file.add(name, held)


def _part(file: Mapped, part: str, kind: type[T]) -> T:
    taken: dict[str, Any] = {}
    for one in fields(kind):
        name = f"{part}.{one.name}"
        if one.type in (Names, "Names"):
            taken[one.name] = Names(file.whole(f"{name}_text"), file.whole(f"{name}_ends"))
        else:
            taken[one.name] = file.whole(name)
    return kind(**taken)


def _listed(number: int, one: Rejected) -> tuple[int | str | bool, ...]:
    return number, one.input, one.file, one.line, one.id, one.reason, isinstance(one, Held)


def _rejected(name: str, file: str, line: int, one: str, reason: str, is_held: bool) -> Rejected:
    return (Held if is_held else Rejected)(name, file, line, one, reason)
