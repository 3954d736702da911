"""AND, OR, NOT and NEAR in three languages, and brackets."""

import pytest

from search.query.parser import parse
from search.query.syntax import All, Any, Nearby, Plain, Quoted, Sequence, Without, Word

A, B, C, D = Plain("алма"), Plain("бау"), Plain("су"), Plain("жер")


def told(text):
    """kind/reason, source, target of the notes."""
    return [(f"{note.kind}/{note.reason}", note.source, note.target) for note in parse(text).notes]


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("алма ЖӘНЕ бау", All((A, B))),
        ("алма Ж\u018fНЕ бау", All((A, B))),
        ("алма ЖАНЕ бау", All((A, B))),
        ("алма И бау", All((A, B))),
        ("алма AND бау", All((A, B))),
        ("алма НЕМЕСЕ бау", Any((A, B))),
        ("алма ИЛИ бау", Any((A, B))),
        ("алма OR бау", Any((A, B))),
        ("алма ЕМЕС бау", Sequence((A, Without(B)))),
        ("алма НЕ бау", Sequence((A, Without(B)))),
        ("алма NOT бау", Sequence((A, Without(B)))),
        ("алма ЖӘНЕ ЕМЕС бау", All((A, Without(B)))),
        ("алма бау НЕМЕСЕ су ЖӘНЕ жер", Any((Plain("алма бау"), All((C, D))))),
        ("алма ЖӘНЕ бау НЕМЕСЕ су ЖӘНЕ жер", Any((All((A, B)), All((C, D))))),
        ("алма НЕМЕСЕ бау ЖӘНЕ су НЕМЕСЕ жер", Any((A, All((B, C)), D))),
        ("(алма НЕМЕСЕ бау) ЖӘНЕ (су НЕМЕСЕ жер)", All((Any((A, B)), Any((C, D))))),
        ("(алма НЕМЕСЕ бау) су", Sequence((Any((A, B)), C))),
        ("(алма)НЕМЕСЕ(бау)", Any((A, B))),
        ('"алма бау"НЕМЕСЕ"су"', Any((Quoted("алма бау"), Quoted("су")))),
        ("алма НЕМЕСЕ -бау", Any((A, Without(B)))),
        ("алма НЕМЕСЕ бау*", Any((A, Word("бау", prefix=True)))),
        ("ЕМЕС алма бау", Sequence((Without(A), B))),
        ("ЕМЕС (алма бау)", Without(Plain("алма бау"))),
        ('ЕМЕС "алма бау"', Without(Quoted("алма бау"))),
        ("ЕМЕС -алма", A),
        ("NOT NOT алма", A),
        ("NOT NOT NOT алма", Without(A)),
        ("NOT " * 100 + "алма", A),
        ("АҚШ ЖӘНЕ Қытай", All((Plain("АҚШ"), Plain("Қытай")))),
        ("قازاق NOT ورىس", Sequence((Plain("قازاق"), Without(Plain("ورىس"))))),
    ],
)
def test_operators_in_capitals_join(text, root):
    parsed = parse(text)
    assert parsed.root == root
    [note] = parsed.notes
    assert (note.kind, note.reason) == ("operator", "")


@pytest.mark.parametrize(
    "text",
    [
        "алма және бау",
        "алма Және бау немесе",
        "ҮКІМЕТТІК ЕМЕС ҰЙЫМДАР",
        "АЛМА НЕМЕСЕ БАУ",
        "2017 AND 2018",
        "AND OR NOT",
        "NEAR/5",
        "үкімет ЕМЕС, ұйым",
        "алма ANDREW бау",
        "алма NEAR/x бау",
        "алма NEAR/ бау",
    ],
)
def test_words_that_only_look_like_operators_are_words(text):
    assert parse(text).root == Plain(text)
    assert parse(text).notes == ()


def test_operators_in_a_phrase_or_with_a_sign_are_words():
    assert parse('"алма НЕМЕСЕ бау" су').root == Sequence((Quoted("алма НЕМЕСЕ бау"), C))
    assert parse("алма =ЖӘНЕ -ЕМЕС").root == Sequence((A, Word("ЖӘНЕ", exact=True), Without(Plain("ЕМЕС"))))


@pytest.mark.parametrize(
    ("text", "root", "notes"),
    [
        ("алма НЕМЕСЕ", A, [("dropped/operator", "НЕМЕСЕ", "")]),
        ("ЖӘНЕ алма", A, [("dropped/operator", "ЖӘНЕ", "")]),
        ("алма ЕМЕС", A, [("dropped/operator", "ЕМЕС", "")]),
        ("NOT OR алма", A, [("dropped/operator", "NOT, OR", "")]),
        ("алма NEAR", A, [("dropped/operator", "NEAR", "")]),
        ("алма ЖӘНЕ НЕМЕСЕ бау", All((A, B)), [("dropped/operator", "НЕМЕСЕ", ""), ("operator/", "ЖӘНЕ", "")]),
        ("(алма НЕМЕСЕ) бау", Sequence((A, B)), [("dropped/operator", "НЕМЕСЕ", "")]),
        ("(НЕМЕСЕ) бау", B, [("dropped/operator", "НЕМЕСЕ", "")]),
        ("алма НЕМЕСЕ () ", A, [("dropped/brackets", "()", ""), ("dropped/operator", "НЕМЕСЕ", "")]),
        ("ЕМЕС () алма", A, [("dropped/brackets", "()", ""), ("dropped/operator", "ЕМЕС", "")]),
        ('алма НЕМЕСЕ "…"', A, [("dropped/operator", "НЕМЕСЕ", "")]),
        ("алма НЕМЕСЕ күні:2018-99", A, [("dropped/date", "күні:2018-99", ""), ("dropped/operator", "НЕМЕСЕ", "")]),
    ],
)
def test_an_operator_without_a_part_to_join_is_dropped(text, root, notes):
    assert parse(text).root == root
    assert told(text) == notes


def test_the_operators_understood_are_told_once_each():
    assert told("алма НЕМЕСЕ бау OR су НЕМЕСЕ ЕМЕС жер") == [("operator/", "НЕМЕСЕ, OR, ЕМЕС", "")]


@pytest.mark.parametrize(
    ("text", "root", "notes"),
    [
        ("алма NEAR бау", Nearby("алма бау", 5), [("operator/", "NEAR", "")]),
        ("алма NEAR/3 бау", Nearby("алма бау", 3), [("operator/", "NEAR/3", "")]),
        ("алма NEAR бау NEAR/9 су", Nearby("алма бау су", 9), [("operator/", "NEAR, NEAR/9", "")]),
        ('алма NEAR "бау су"', Nearby("алма бау су", 5), [("operator/", "NEAR", "")]),
        ("жер алма NEAR бау су", Sequence((D, Nearby("алма бау", 5), C)), [("operator/", "NEAR", "")]),
        ("алма NEAR бау НЕМЕСЕ су", Any((Nearby("алма бау", 5), C)), [("operator/", "NEAR, НЕМЕСЕ", "")]),
        ("ЕМЕС алма NEAR бау", Without(Nearby("алма бау", 5)), [("operator/", "ЕМЕС, NEAR", "")]),
        (
            "алма NEAR/99 бау",
            Nearby("алма бау", 50),
            [("truncated/near", "NEAR/99", "NEAR/50"), ("operator/", "NEAR/99", "")],
        ),
        ("алма NEAR (бау)", All((A, B)), [("operator/near", "NEAR", "ЖӘНЕ")]),
        ("алма NEAR -бау", All((A, Without(B))), [("operator/near", "NEAR", "ЖӘНЕ")]),
        ("-алма NEAR бау", All((Without(A), B)), [("operator/near", "NEAR", "ЖӘНЕ")]),
        ("алма NEAR бау*", All((A, Word("бау", prefix=True))), [("operator/near", "NEAR", "ЖӘНЕ")]),
        ("ал*ма NEAR бау", Nearby("ал*ма бау", 5), [("dropped/signs", "*", ""), ("operator/", "NEAR", "")]),
        ("алма NEAR ЕМЕС бау", All((A, Without(B))), [("operator/near", "NEAR", "ЖӘНЕ"), ("operator/", "ЕМЕС", "")]),
        (
            "алма NEAR бау NEAR (су)",
            All((Nearby("алма бау", 5), C)),
            [("operator/", "NEAR", ""), ("operator/near", "NEAR", "ЖӘНЕ")],
        ),
    ],
)
def test_near_stands_between_words_and_phrases(text, root, notes):
    assert parse(text).root == root
    assert told(text) == notes


def test_near_by_nought_is_side_by_side():
    assert parse("алма NEAR/0 бау").root == Nearby("алма бау", 1)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("(алма бау)", Plain("алма бау")),
        ("(алма) бау", Sequence((A, B))),
        ("алма (бау (су)) жер", Sequence((A, B, C, D))),
        ("алма(бау)", Sequence((A, B))),
        ("((((алма))))", A),
        ("-(алма -бау)", Without(Sequence((A, Without(B))))),
    ],
)
def test_brackets_without_operators_only_hold_together(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()
