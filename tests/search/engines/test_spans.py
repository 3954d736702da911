"""Ranges of tokens in two bytes each: what goes in comes out, however far apart and long the tokens are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.spans import Spans, SpanSpool
from search.kazakh import Terms
from search.mapped import Mapped
from search.mapped_writer import MappedWriter

SIZES = st.one_of(st.integers(0, 300), st.sampled_from([254, 255, 256, 100_000]))
PARTS = st.lists(st.lists(st.tuples(SIZES, SIZES), max_size=12), min_size=1, max_size=6)


@given(PARTS, st.data())
def test_ranges_come_back(tmp_path_factory, parts, data):
    folder = tmp_path_factory.mktemp("spans")
    spool, expected = SpanSpool(folder), []
    for part in parts:
        starts = np.cumsum([gap for gap, _ in part], dtype=np.int64).tolist()
        ends = [start + size for start, (_, size) in zip(starts, part, strict=True)]
        expected.append((starts, ends))
        blank = [""] * len(part)
        spool.add(Terms(starts, ends, blank, blank, [()] * len(part)))
    file = MappedWriter(folder / "a", "x", 1)
    spool.finish(file)
    file.finish()
    spans, firsts = Spans(Mapped(folder / "a", "x", 1)), np.cumsum([0, *map(len, parts)]).tolist()
    chosen = data.draw(st.lists(st.integers(0, len(parts) - 1), min_size=1, max_size=6))
    texts = [(firsts[part], firsts[part + 1]) for part in chosen]
    first, token, rows, before = [], [], [], 0
    for part in chosen:
        places = sorted(data.draw(st.sets(st.integers(0, len(parts[part]) - 1)))) if parts[part] else []
        first += [before] * len(places)
        token += [before + place for place in places]
        rows += [(expected[part][0][place], expected[part][1][place]) for place in places]
        before += len(parts[part])
    found = spans.ranges(texts, np.array(first, np.int64), np.array(token, np.int64))
    assert list(zip(*found, strict=True)) == rows
    assert sorted(path.name for path in folder.iterdir()) == ["a"]
