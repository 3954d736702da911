import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.syntax import Part, Plain, Sequence
from search.query.write import plain_words
from web.composed import Fields, fields_of, text

PIECES = st.sampled_from(
    'су|мектеп|ЖӘНЕ|НЕМЕСЕ|ЕМЕС|AND|И|NEAR/3|(|)|"су тасқыны"|"|-өрт|-(су өрт)|=ат|мект*|қате~|"а б"~4|тақырып:мектеп|'
    "күні:2018|ҚР|12:30|«Нұр Отан»|-|a OR b|*|]{|\n".split("|")
)
QUERIES = st.lists(PIECES, max_size=7).map(" ".join)
TYPED = st.lists(
    st.sampled_from(["су", "ҚР", "-өрт", '"жаңа мектеп"', '"', "ЖӘНЕ", "мект*", "(", "а:б", "“"]), max_size=4
).map(" ".join)


@pytest.mark.parametrize(
    ("fields", "language", "written"),
    [
        (Fields("су тасқыны"), "kk", "су тасқыны"),
        (Fields("су тасқыны", every=True), "kk", "су ЖӘНЕ тасқыны"),
        (Fields("су тасқыны", every=True), "ru", "су И тасқыны"),
        (Fields("су", every=True, phrase="жаңа мектеп"), "kk", 'су "жаңа мектеп"'),
        (Fields("су тасқыны", every=True, without="өрт"), "en", "(су AND тасқыны) -өрт"),
        (Fields(phrase='"жаңа" мектеп'), "kk", '"жаңа мектеп"'),
        (Fields(anyway="су өрт"), "kk", "су НЕМЕСЕ өрт"),
        (Fields("орман", anyway='су "жаңа мектеп"'), "ru", 'орман (су ИЛИ "жаңа мектеп")'),
        (Fields(without='өрт "су тасқыны" -орман'), "kk", '-өрт -"су тасқыны" -орман'),
        (Fields(near="су тасқын", within=3), "kk", '"су тасқын"~3'),
        (Fields("ҚР ҮКІМЕТІ", every=True), "kk", "қр ЖӘНЕ үкіметі"),
        (Fields("  ҚР ҮКІМЕТІ "), "kk", "ҚР ҮКІМЕТІ"),
        (Fields(anyway="ЖӘНЕ су"), "kk", "су"),
        (Fields(every=True), "kk", ""),
    ],
)
def test_fields_make_a_query(fields: Fields, language: str, written: str) -> None:
    assert text(fields, language) == written


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("су тасқыны", Fields("су тасқыны")),
        ("су AND тасқыны", Fields("су тасқыны", every=True)),
        ('"су тасқыны"', Fields(phrase="су тасқыны")),
        ("су ИЛИ өрт", Fields(anyway="су өрт")),
        (
            'су "жаңа мектеп" (өрт OR орман) -ат "а б"~3',
            Fields("су", False, "жаңа мектеп", "өрт орман", "ат", "а б", 3),
        ),
        ('"бір" "екі"', Fields('"екі"', phrase="бір")),
        ("су ЕМЕС мектеп", Fields("су", without="мектеп")),
        ("тақырып:мектеп күні:2018", Fields("тақырып:мектеп күні:2018")),
        ("ҮКІМЕТТІК ЕМЕС ҰЙЫМДАР", Fields("ҮКІМЕТТІК ЕМЕС ҰЙЫМДАР")),
        ("(су өрт) НЕМЕСЕ орман", Fields("(су өрт) НЕМЕСЕ орман")),
        ("12:30 https://example.org/a", Fields("12:30 https://example.org/a")),
        ("", Fields()),
    ],
)
def test_a_query_is_read_back(query: str, fields: Fields) -> None:
    assert fields_of(query) == fields


@given(QUERIES)
def test_what_is_read_back_asks_for_the_same(query: str) -> None:
    assert parts(text(fields_of(query), "kk")) == parts(query)


@given(
    st.builds(Fields, TYPED, st.booleans(), TYPED, TYPED, TYPED, TYPED, st.integers(1, 50)),
    st.sampled_from(["kk", "ru", "en"]),
)
def test_whatever_is_typed_makes_a_query_that_is_read_back(fields: Fields, language: str) -> None:
    made = text(fields, language)
    assert parts(text(fields_of(made), language)) == parts(made)


def parts(query: str) -> list[str]:
    """What a query asks for, whatever the order of its parts."""
    root = parse(query).root
    return sorted(map(plain, root.parts if isinstance(root, Sequence) else (root,)))


def plain(part: Part | None) -> str:
    return repr(plain_words(part.text) if isinstance(part, Plain) else part)
