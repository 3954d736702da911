"""Words, phrases and the signs of single words; operators and fields have files of their own."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Note
from search.query.parser import parse
from search.query.syntax import Limits, Nearby, Plain, Quoted, Sequence, Without, Word, leaves


def told(text, **kwargs):
    """kind/reason, source, target of the notes."""
    return [(f"{note.kind}/{note.reason}", note.source, note.target) for note in parse(text, **kwargs).notes]


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("   \t\n", None),
        ("форум", Plain("форум")),
        ("  су  тасқыны ", Plain("су  тасқыны")),
        ("ХІХ ғасыр, Абай мен Шәкәрім!", Plain("ХІХ ғасыр, Абай мен Шәкәрім!")),
        ("Сіз кімсіз?", Plain("Сіз кімсіз?")),
        ("!!!", Plain("!!!")),
        ("«Нұр Отан» партиясы", Plain("«Нұр Отан» партиясы")),
        ("сондай-ақ", Plain("сондай-ақ")),
        ("2019 - 2020", Plain("2019 - 2020")),
        ("2019 – 2020", Plain("2019 – 2020")),
        ("су -", Plain("су -")),
        ("- су", Plain("- су")),
        ("2 + 2 = 4", Plain("2 + 2 = 4")),
        ("сөз=сөз", Plain("сөз=сөз")),
        ("12:30-да", Plain("12:30-да")),
        ("3:1 есебімен", Plain("3:1 есебімен")),
        ("https://izde.kz/a?b=в", Plain("https://izde.kz/a?b=в")),
        ("хат@izde.kz", Plain("хат@izde.kz")),
        ("қазан:айы", Plain("қазан:айы")),
        ("قازاقستان جاڭالىقتارى", Plain("قازاقستان جاڭالىقتارى")),
    ],
)
def test_what_has_no_signs_is_plain_as_typed(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ('"су тасқыны"', Quoted("су тасқыны")),
        ("“су тасқыны”", Quoted("су тасқыны")),
        ("„су тасқыны“", Quoted("су тасқыны")),
        ('"су тасқыны”', Quoted("су тасқыны")),
        ('="су тасқыны"', Quoted("су тасқыны", exact=True)),
        ('"жазда (маусымда) келді"', Quoted("жазда (маусымда) келді")),
        ('""', Quoted("")),
        ('әкім "жаңа мектеп" қала', Sequence((Plain("әкім"), Quoted("жаңа мектеп"), Plain("қала")))),
        ('"а""ә"', Sequence((Quoted("а"), Quoted("ә")))),
        ('әкім "…"', Plain("әкім")),
    ],
)
def test_quotation_marks_ask_for_phrases(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ('"су тасқыны көктем"~3', Nearby("су тасқыны көктем", 3)),
        ('"су көктем"~', Nearby("су көктем", 5)),
        ('"су көктем"~1', Nearby("су көктем", 1)),
        ('"су тасқыны"~0', Quoted("су тасқыны")),
        ('-"су көктем"~3', Without(Nearby("су көктем", 3))),
        ('("су көктем"~3)', Nearby("су көктем", 3)),
    ],
)
def test_a_phrase_may_be_loose(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("-футбол", Without(Plain("футбол"))),
        ("форум -футбол", Sequence((Plain("форум"), Without(Plain("футбол"))))),
        ('-"су тасқыны" әкім', Sequence((Without(Quoted("су тасқыны")), Plain("әкім")))),
        ("-«Көкжар»", Without(Plain("«Көкжар»"))),
        ("-2017", Without(Plain("2017"))),
        ("әкім -футбол мектеп", Sequence((Plain("әкім"), Without(Plain("футбол")), Plain("мектеп")))),
        ("-(су тасқыны)", Without(Plain("су тасқыны"))),
        ("-мектеп*", Without(Word("мектеп", prefix=True))),
        ("-=мектеп", Without(Word("мектеп", exact=True))),
        ("-мектеп~", Without(Word("мектеп", fuzzy=1))),
        ('-="су тасқыны"', Without(Quoted("су тасқыны", exact=True))),
        ("-(-су)", Without(Without(Plain("су")))),
        ("--су", Plain("--су")),
        ("---су", Without(Plain("су"))),
        ('--"су тасқыны"', Quoted("су тасқыны")),
        ('"су"-ның', Sequence((Quoted("су"), Plain("-ның")))),
        ("(су)-ның", Sequence((Plain("су"), Plain("-ның")))),
        ("-…", Plain("-…")),
        ("—су", Plain("—су")),
    ],
)
def test_a_minus_counts_where_a_word_could_begin(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("мектеп*", Word("мектеп", prefix=True)),
        ("ме*", Word("ме", prefix=True)),
        ("мектеп**", Word("мектеп", prefix=True)),
        ("20*", Word("20", prefix=True)),
        ("іс-шара*", Word("іс-шара", prefix=True)),
        ("аи\u0306*", Word("аи\u0306", prefix=True)),
        ("=мектеп", Word("мектеп", exact=True)),
        ("=«Көкжар»", Word("«Көкжар»", exact=True)),
        ("=мектеп*", Word("мектеп", exact=True, prefix=True)),
        ("мектеп~", Word("мектеп", fuzzy=1)),
        ("мектеп~1", Word("мектеп", fuzzy=1)),
        ("мектеп~2", Word("мектеп", fuzzy=2)),
        ("мектеп~0", Plain("мектеп")),
        ("мектеп* бала", Sequence((Word("мектеп", prefix=True), Plain("бала")))),
        ("жаңа мектеп* салынды", Sequence((Plain("жаңа"), Word("мектеп", prefix=True), Plain("салынды")))),
    ],
)
def test_words_with_signs_of_their_own(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()


@pytest.mark.parametrize(
    ("text", "root", "notes"),
    [
        ('әкім "жаңа мектеп', Plain('әкім "жаңа мектеп'), [("dropped/quote", '"', "")]),
        ('"жаңа -мектеп', Sequence((Plain("жаңа"), Without(Plain("мектеп")))), [("dropped/quote", '"', "")]),
        ('БҰҰ"-ның', Plain('БҰҰ"-ның'), [("dropped/quote", '"', "")]),
        ('"', None, [("dropped/quote", '"', "")]),
        ("а*", Plain("а*"), [("dropped/star", "а*", "")]),
        ("ҚР-а*", Plain("ҚР-а*"), [("dropped/star", "ҚР-а*", "")]),
        ("«су»*", Plain("«су»*"), [("dropped/star", "«су»*", "")]),
        ("-а* =ә*", Sequence((Without(Plain("а")), Word("ә", exact=True))), [("dropped/star", "-а*, =ә*", "")]),
        ("су* а* ә* а*", Sequence((Word("су", prefix=True), Plain("а* ә* а*"))), [("dropped/star", "а*, ә*", "")]),
        ("*мектеп", Plain("*мектеп"), [("dropped/signs", "*", "")]),
        ("мек*теп", Plain("мек*теп"), [("dropped/signs", "*", "")]),
        ("ме?теп пе?", Plain("ме?теп пе?"), [("dropped/signs", "?", "")]),
        ("?*?*", Plain("?*?*"), [("dropped/signs", "?*", "")]),
        ('"су* тасқыны"', Quoted("су* тасқыны"), [("dropped/signs", "*", "")]),
        ("[су] {өрт}^2 ~5", Plain("[су] {өрт}^2 ~5"), [("dropped/signs", "[]{}^~", "")]),
        ("су~~ су~а", Plain("су~~ су~а"), [("dropped/signs", "~", "")]),
        ("=су~2", Word("су", exact=True), [("dropped/signs", "~", "")]),
        ("су*~2", Word("су", prefix=True), [("dropped/signs", "~", "")]),
        ('="су өрт"~3', Nearby("су өрт", 3), [("dropped/signs", "=", "")]),
        ("=(су өрт)", Plain("су өрт"), [("dropped/signs", "=", "")]),
        ("қала~9", Word("қала", fuzzy=2), [("truncated/fuzzy", "қала~9", "қала~2")]),
        (f"қала~{'9' * 450}", Word("қала", fuzzy=2), [("truncated/fuzzy", f"қала~{'9' * 450}", "қала~2")]),
        ('"су өрт"~99', Nearby("су өрт", 50), [("truncated/near", "~99", "~50")]),
        ("(су", Plain("су"), [("dropped/brackets", "(", "")]),
        ("1) су 2) өрт", Plain("1) су 2) өрт"), [("dropped/brackets", ")", "")]),
        ("су) өрт (", Plain("су) өрт"), [("dropped/brackets", ") (", "")]),
        ("су ()", Plain("су"), [("dropped/brackets", "()", "")]),
        ("())", None, [("dropped/brackets", "() )", "")]),
    ],
)
def test_what_cannot_be_read_so_is_told_once(text, root, notes):
    assert parse(text).root == root
    assert told(text) == notes


def test_the_limits_are_an_argument():
    assert parse('"су өрт"~9', Limits(within=7)).root == Nearby("су өрт", 7)
    assert told("((су))", limits=Limits(depth=1)) == [("dropped/brackets", "( )", "")]


def deep(times: int) -> str:
    return "(а НЕМЕСЕ " * times + "ә" + ")" * times


def test_brackets_nest_eight_deep():
    assert told(deep(8)) == [("operator/", "НЕМЕСЕ", "")]
    assert told(deep(9)) == [("dropped/brackets", "( )", ""), ("operator/", "НЕМЕСЕ", "")]
    assert [leaf.text for leaf in leaves(parse(deep(9)).root)] == ["а"] * 9 + ["ә"]


def test_minus_and_fields_count_as_nesting():
    assert told("(((((((-су)))))))") == []
    assert told("((((((((-су))))))))") == [("dropped/brackets", "-", "")]
    assert told("((((((((тақырып:су))))))))") == [("dropped/brackets", "тақырып:", "")]
    assert told("((((((-тақырып:(су))))))))"[:-1]) == [("dropped/brackets", "-тақырып:( )", "")]
    assert parse("((((((((-су))))))))").root == Plain("су")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        ")" * 100_000,
        "(" * 50_000 + "а" + ")" * 50_000,
        "-(" * 50_000 + "а" + ")" * 50_000,
        '"' * 1001,
        "-" * 5000,
        "NOT " * 500 + "a",
        "date:[x TO]",
        "?*?*",
        "\0",
        "\ud800 -\ud800 \udfff* =\ud800",
        "a\u202eb",
        "\u0301" * 1000 + "*",
        "күні:" * 1000,
        "қала~" + "9" * 10_000,
    ],
)
def test_hostile_text_is_only_text(text):
    parsed = parse(text)
    assert all(isinstance(note, Note) for note in parsed.notes)
    assert len(parsed.notes) < 10


@given(st.text(st.characters(exclude_characters="~:"), max_size=200))
def test_nothing_of_the_words_is_lost(text):
    kept = "".join(leaf.text for leaf in leaves(parse(text).root))
    assert [character for character in kept if character.isalnum()] == [*filter(str.isalnum, text)]


PIECES = ["(", '"', '-"', " -а", "а ", '"а" ', "-", "«-", "(а ", "()", "а) ", "NOT a ", "a NEAR ", "a OR ", "-(", "(-",
          "автор:(", "автор:", "а~1 ", "а*", "=(", "күні:2018 ", "күні:2018..", "а~", "\u0301"]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(piece):
    def seconds(text: str) -> float:
        began = time.process_time()
        parse(text)
        return time.process_time() - began

    assert seconds(piece * (100_000 // len(piece)) + ")" * 10_000) < 5
    assert min(seconds((piece * 500)[:500]) for _ in range(3)) < 0.005
