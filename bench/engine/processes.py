"""Engines in processes: built once, then opened, asked and looked at from outside."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import lucene
from .corpus import Corpus
from .lines import Timed, read_answer
from .peers import ARTICLES, SAME_INDEX

MARK = "built.json"


@dataclass(frozen=True, slots=True)
class Built:
    """An index. seconds: to write it; more: for what is written apart for completion and typos.

    size: bytes of its files; text: of the text that it was made from, in UTF-8; peak: memory of its largest process.
    """

    seconds: float
    more: float
    size: int
    text: int
    peak: int


def built(name: str, index: Path, corpus: Corpus) -> Built:
    """The index of a peer, built unless it is there."""
    mark = index / MARK
    if not mark.exists():
        shutil.rmtree(index, ignore_errors=True)
        index.mkdir(parents=True)
        process = subprocess.Popen(command("build", name, index, corpus, 0), stdout=subprocess.PIPE, text=True)
        assert process.stdout
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{name} was not built")
        peak = 1024 * used.ru_maxrss
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
        text = corpus.article_bytes() if name in ARTICLES else corpus.token_bytes()
        mark.write_text(json.dumps({**json.loads(printed), "size": size, "text": text, "peak": peak}), "utf-8")
    return Built(**json.loads(mark.read_text("utf-8")))


def memory(pid: int) -> int:
    """Bytes that a process has for itself (USS)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    rows = (line.split() for line in text.splitlines())
    return 1024 * sum(int(row[1]) for row in rows if row[0] in ("Private_Clean:", "Private_Dirty:"))


class Asked:
    """An engine in a process. opened: seconds to open its index; bytes_before, bytes_opened: memory of its own."""

    def __init__(self, name: str, index: Path, corpus: Corpus, count: int) -> None:
        self._name = name
        asked = command("serve", name, index, corpus, count)
        self._process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdin
        assert self._process.stdout
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self._line()
        self.bytes_before = self.memory()
        self._stdin.write("open\n")
        self._stdin.flush()
        self.opened = float(self._line())
        self.bytes_opened = self.memory()

    def ask(self, kind: str) -> list[Timed | None]:
        """The answers to all queries of a class."""
        self._stdin.write(kind + "\n")
        self._stdin.flush()
        return [read_answer(line) for line in iter(self._line, ".")]

    def memory(self) -> int:
        """Bytes that it has for itself."""
        return memory(self._process.pid)

    def close(self) -> None:
        """End the process."""
        self._stdin.close()
        self._process.wait(60)

    def _line(self) -> str:
        line = self._stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended")
        return line.rstrip("\n")


def index_of(name: str, indexes: Path, corpus: Corpus) -> Path:
    """The folder of a peer's index."""
    return indexes / str(corpus.articles) / SAME_INDEX.get(name, name)


def command(action: str, name: str, index: Path, corpus: Corpus, count: int) -> list[str]:
    """What runs a peer in a process of its own."""
    arguments = [action, name, str(index), str(corpus.folder), str(corpus.articles), str(count)]
    if name == "lucene":
        return lucene.command(*arguments)
    return [sys.executable, "-m", "bench.engine.child", *arguments]
