"""Ranges of tokens in two bytes each: what goes in comes out, however far apart and long the tokens are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.spans import Spans, SpanSpool
from search.kazakh import Terms
from search.mapped import Mapped, MappedWriter

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
    spans, first = Spans(Mapped(folder / "a", "x", 1)), 0
    for starts, ends in expected:
        places = np.array(sorted(data.draw(st.sets(st.integers(0, len(starts) - 1)))) if starts else [], np.int64)
        found = spans.ranges(first, places)
        assert [one.tolist() for one in found] == [[row[at] for at in places] for row in (starts, ends)]
        first += len(starts)
    assert sorted(path.name for path in folder.iterdir()) == ["a"]
