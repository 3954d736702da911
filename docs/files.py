"""Writes the list of files in ARCHITECTURE.md from the modules' first sentences: `python docs/files.py [--check]`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- files -->", "<!-- end of files -->"


def listed() -> str:
    """A table for each folder of the rooms: file, first sentence of its docstring."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    folder = None
    for path in sorted(path for room in ("search", "indexer", "web") for path in (ROOT / room).rglob("*.py")):
        if path.parent != folder:
            folder = path.parent
            yield from ("", f"### {folder.relative_to(ROOT)}/", "| file | what |", "|---|---|")
        yield f"| `{path.name}` | {first_sentence(path)} |"
    yield ""


def first_sentence(path: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def rewritten(text: str) -> str:
    """ARCHITECTURE.md with the list brought up to date."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{listed()}\n{END}{after}"


def main() -> int:
    """Write the list, or with --check say whether it is true."""
    path = ROOT / "ARCHITECTURE.md"
    old = path.read_text("utf-8")
    new = rewritten(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    path.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
