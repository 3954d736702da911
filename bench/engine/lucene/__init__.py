"""Lucene as a peer: its jars from Maven Central, held to their hashes, and the program compiled against them."""

import hashlib
import subprocess
import urllib.request
from pathlib import Path

from ..corpus import tokens
from ..lines import query_line
from ..queries import SEED, load

VERSION = "9.12.3"
JARS = {
    "lucene-analysis-common": "fa571bd7caf0f0b4faf46a72ca004a7836f348c31d92bd522dddcc3d128d287e",
    "lucene-core": "b64a3f8098a7572034fb30085cdee01b34ec81fb0e5a31b471536af58dc6c01b",
    "lucene-facet": "688e9b71fecba026e44f0a228cc0e09af3c9aec5e1f5b10e9f102a6730ef7dec",
    "lucene-highlighter": "4cfa3c462ddd253bc8663d89afef821daff30dcb5b376a764e4e55b926bca7b9",
    "lucene-memory": "54ebbfd18e33933a063510d3d0d71ee84adb7d1a8e9eda8c744e7221e5c3ee40",
    "lucene-queries": "81c8993da5dcca9da5e4041b623f00169868e37988691434b14fc910c700a30c",
}
PLACE = Path("var/bench/lucene")
_PROGRAM = Path(__file__).parent / "LuceneBench.java"
_MAVEN = "https://repo1.maven.org/maven2/org/apache/lucene"


def command(action: str, name: str, index: str, folder: str, articles: str, count: str) -> list[str]:  # noqa: ARG001
    """The command of a process like `bench.engine.child`.

    Raises:
        ValueError: a jar is not the one that we know.
    """
    classes = _compiled()
    java = ["java", "-Xmx1g", "-cp", f"{PLACE}/*:{classes}", "LuceneBench", action, index]
    if action == "build":
        return [*java, str(tokens(Path(folder), int(articles)))]
    queries = Path(folder) / f"queries-{SEED}-{articles}-{count}.tsv"
    queries.write_text(
        "".join(query_line(ask) + "\n" for ask in load(Path(folder), int(articles), int(count))), "utf-8"
    )
    return [*java, str(queries)]


def _compiled() -> Path:
    classes = PLACE / "classes"
    for name, wanted in JARS.items():
        jar = PLACE / f"{name}-{VERSION}.jar"
        if not jar.exists():
            PLACE.mkdir(parents=True, exist_ok=True)
            part = jar.with_suffix(".part")
            urllib.request.urlretrieve(f"{_MAVEN}/{name}/{VERSION}/{jar.name}", part)
            part.replace(jar)
        found = hashlib.sha256(jar.read_bytes()).hexdigest()
        if found != wanted:
            raise ValueError(f"{jar} has the SHA-256 {found}, not {wanted}")
    made = classes / "LuceneBench.class"
    if not made.exists() or made.stat().st_mtime < _PROGRAM.stat().st_mtime:
        subprocess.run(["javac", "-d", str(classes), "-cp", f"{PLACE}/*", str(_PROGRAM)], check=True)
    return classes
