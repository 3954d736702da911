"""A text in pieces has the tokens of the whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.kazakh import Analyzer
from search.snippets.pieces import pieces

ANALYZER = Analyzer()
PARTS = ["мектеп", "қала", "1", "500", "000", "млн-ға", "%", "-ы", "сөз-", "сөз\u00ad", "жал¬", "ғасы", "s'", "a", "«",
    "»-дың", ".", "\n", "\n", " ", " ", " ", "\u00a0", "\u0301", "Google", "нұсқа", "БАҚ", "та", "16.10.2018",
    "قازاق", "\u200d", "_", "\t", "\r\n", "90-", "е", "₸", ",", "/", "-", "?"]  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join), st.integers(1, 30))
def test_a_text_in_pieces_has_the_tokens_of_the_whole(text, size):
    cut = list(pieces(text, size))
    assert "".join(text[start:end] for start, end in cut) == text
    found = []
    for start, end in cut:
        terms = ANALYZER.terms(text[start:end], "kk")
        found += [
            (a + start, b + start, *rest)
            for a, b, *rest in zip(terms.starts, terms.ends, terms.exacts, terms.stems, strict=True)
        ]
    whole = ANALYZER.terms(text, "kk")
    assert found == list(zip(whole.starts, whole.ends, whole.exacts, whole.stems, strict=True))


def test_pieces_of_plain_text_are_not_much_longer_than_asked():
    text = "Ауылда жаңа мектеп ашылды. " * 100
    assert max(end - start for start, end in pieces(text, 100)) < 120


def test_what_nobody_can_read_is_not_read():
    assert list(pieces("а" * 200_000, 100)) == []
    assert [end for _, end in pieces("мектеп қала " + "а" * 200_000 + " қала", 8)] == [12]
    assert list(pieces("а" * 60_000, 100)) == [(0, 60_000)]
