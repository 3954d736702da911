"""Which passages of a body are shown, and where they begin and end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import marked, matcher, places, shown

from search.model import Scope
from search.snippets import enough, lead, passages

FILLER = "Бұл жерде басқа әңгіме айтылып жатыр, оның сұраққа еш қатысы жоқ. "


def test_a_phrase_is_marked_as_far_as_it_stands_in_one_paragraph():
    body = "Көктемде болған су\n\nтасқыны туралы. Су, тасқыны."
    assert [marked(snippet) for snippet in shown('"су тасқыны"', body)] == [["су"], ["тасқыны", "Су, тасқыны"]]


def test_a_phrase_longer_than_the_passage_is_cut_not_lost():
    phrase = " ".join(["мектеп", "ауыл", "қала"] * 6)
    snippets = shown(f'"{phrase}"', f"Бұл {phrase}.", length=80)
    assert len(marked(snippets[0])) == 1
    assert snippets[0].text.endswith(marked(snippets[0])[0])


def test_passages_hold_different_words_before_repeats():
    filler = "Бұл жерде басқа әңгіме айтылып жатыр, оның сұраққа еш қатысы жоқ. " * 6
    body = f"Мектеп салынды, мектеп ашылды. {filler}\n\nБалабақша да ашылды. {filler}\n\nМектеп мектеп мектеп. {filler}"
    best, fuller = shown("мектеп балабақша", body, length=100)  # in the order of the text
    assert marked(best) == ["Балабақша"]
    assert marked(fuller) == ["Мектеп", "мектеп", "мектеп"]


def test_without_a_match_the_beginning_is_shown_once():
    (snippet,) = shown("жоқсөз", "\n\n«Бірінші сөйлем осы. " + "Тағы бір сөйлем келеді. " * 30, length=80)
    assert snippet.text.startswith("Бірінші")
    assert len(snippet.text) <= 80
    assert snippet.text.endswith("келеді.")
    assert not snippet.cut_after
    assert shown("жоқсөз", "") == ()
    assert shown("жоқсөз", "…\n\n…") == ()


def test_no_snippets_asked_none_given():
    assert shown("мектеп", "Мектеп.", count=0) == ()


def test_a_word_longer_than_the_passage_is_cut_not_lost():
    (snippet,) = shown("форум", "форум " + "а" * 500, length=80)
    assert snippet.text == "форум"
    (snippet,) = shown("жоқ", "а" * 500, length=80)
    assert len(snippet.text) == 80


def test_words_that_stand_together_are_shown_before_words_apart():
    body = f"Мектеп ашылды. {FILLER * 4}Балабақша жабылды.\n{FILLER * 3}Мектеп пен балабақша жөнделді."
    (best,) = shown("мектеп балабақша", body, count=1, length=160)
    assert marked(best) == ["Мектеп", "балабақша"]


def test_of_words_apart_the_rarer_one_is_shown_first():
    body = f"Ауылда тойлар өтті.\n{FILLER}\nАуылда жиындар өтті.\n{FILLER}\nЖаңа мектеп салынды."
    (best,) = shown("ауыл мектеп", body, count=1)
    assert marked(best) == ["мектеп"]


def test_a_passage_begins_with_a_sentence_that_is_near():
    (snippet,) = shown("мектеп", f"{FILLER * 4}Биыл ауылда жаңа мектеп ашылды. {FILLER * 4}")
    assert snippet.text.startswith("Биыл ауылда")
    assert (snippet.cut_before, snippet.cut_after) == (False, False)


def test_a_passage_inside_a_long_sentence_begins_after_a_comma():
    body = (
        "Сөз арасында "
        + "айтылған ұзақ әңгіме " * 12
        + "бітті, сол күні ауылда жаңа мектеп ашылды дейді "
        + ("тағы да айтылған әңгіме " * 12)
    )
    (snippet,) = shown("мектеп", body, length=120)
    assert snippet.text.startswith("сол күні ауылда")
    assert (snippet.cut_before, snippet.cut_after) == (True, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Сол 2018 ж. Көкжар ауылында мектеп ашылды.",
        "Оны жазған Б. Момынұлы мектеп туралы айтты.",
        "Ол 5 млн. Теңгеге жуық қаржыға мектеп салды.",
        "Бағасы 3.5 теңге болатын нан мектепке барады.",
        "Ол «Кел!» деп мектепке шақырды.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(sentence):
    (snippet,) = shown("мектеп", f"{FILLER * 4}{sentence} {FILLER * 4}", count=1, length=80)
    assert snippet.text.startswith(sentence)


def test_a_quotation_mark_stays_where_its_partner_is_seen():
    (snippet,) = shown("клуб", f"{FILLER * 4}«Көкжар» клубы жеңді. {FILLER * 4}", count=1, length=100)
    assert snippet.text.startswith("«Көкжар» клубы")
    (snippet,) = shown("клуб", f"{FILLER * 4}«Көкжар клубы жеңді. {FILLER * 4}Болды».", count=1, length=100)
    assert snippet.text.startswith("Көкжар клубы")
    (snippet,) = shown("мектеп", f"{FILLER * 4}№ 5 мектеп жабылды. {FILLER * 4}", count=1, length=100)
    assert snippet.text.startswith("№ 5 мектеп")


def test_a_dash_of_a_dialogue_is_left_out():
    (snippet,) = shown("мектеп", "– Мектеп ашылды, – деді ол.")
    assert snippet.text == "Мектеп ашылды, – деді ол."
    assert not snippet.cut_before


def test_a_passage_that_is_cut_ends_without_a_comma_or_an_opening_quote():
    for sign in (", ", " – ", " «", " (", ": "):
        body = "Мектеп " + "ашылды дейді ауылдағы "[: 60 - len(sign)].strip() + sign + "ұзақсөз" * 12 + " бар."
        (snippet,) = shown("мектеп", body, length=80)
        assert snippet.text[-1].isalpha(), sign
        assert snippet.cut_after


def test_a_phrase_that_does_not_fit_is_left_out_as_a_whole():
    body = (
        "Су тасқыны болды дейді ауылдағы барлық үлкен кісілер де, бірақ осы жолы су тасқыны кейін басылды дейді олар."
    )
    (snippet,) = shown('"су тасқыны"', body, count=1, length=80)
    assert snippet.text == "Су тасқыны болды дейді ауылдағы барлық үлкен кісілер де, бірақ осы жолы"
    assert marked(snippet) == ["Су тасқыны"]


def test_a_short_paragraph_is_shown_whole():
    body = f"{FILLER}\nКеше жаңбыр жауды. Содан кейін мектеп ашылды. Бәрі қуанды.\n{FILLER}"
    (snippet,) = shown("мектеп", body)
    assert snippet.text == "Кеше жаңбыр жауды. Содан кейін мектеп ашылды. Бәрі қуанды."


def test_what_the_title_says_is_not_said_again():
    title = "Көкжарда жаңа мектеп ашылды"
    body = f"{title}\n{FILLER}Мектеп екі жүз балаға арналған."
    (snippet,) = shown("мектеп", body, count=1, title=title)
    assert snippet.text.endswith("Мектеп екі жүз балаға арналған.")
    assert lead(body, 80, title)[0].text.startswith("Бұл жерде")
    assert [one.text for one in shown("мектеп", title, title=title)] == [title]


def test_no_passage_says_what_another_says():
    line = "Ауылда жаңа мектеп ашылды деп хабарлады аудан әкімдігі."
    assert [one.text for one in shown("мектеп", f"{line}\n{line}\n{line}", count=5)] == [line]


def test_the_beginning_passes_over_lines_above_the_text():
    body = f"КӨКЖАР\n16.10.2018\n{FILLER * 2}"
    assert lead(body, 80)[0].text.startswith("Бұл жерде")
    assert lead("КӨКЖАР\n16.10.2018", 80)[0].text == "КӨКЖАР"


def test_a_matched_word_longer_than_a_passage_is_not_marked_in_half():
    word = "мектеп" * 15
    (snippet,) = shown(word, f"Ауылда {word} бар.", length=80)
    assert not snippet.marks
    assert snippet.text == "Ауылда"


def read_until_enough(body: str, query: str, count: int) -> tuple[int, int]:
    """How many marks of a body are looked at, and up to where, if its words are known from the index."""
    found, ends = matcher(query), [0]

    def watched(marks, end):
        ends.append(end)
        return enough(body, found, count, 200)(marks, end)

    marks, all_read = found.located(body, Scope.BODY, places(found, body, Scope.BODY), None, watched)
    assert all_read
    return len(marks), ends[-1]


def test_a_long_body_is_read_until_its_passages_show_every_word():
    line = "Мектеп туралы әңгіме айтылды.\n"
    count, end = read_until_enough(f"{line * 300}Мектеп пен балабақша ашылды.\n{line * 3000}", "мектеп балабақша", 1)
    assert count == 512
    assert len(line) * 500 < end < len(line) * 520


def test_a_long_body_is_not_read_to_its_end_for_a_word_that_does_not_come():
    line = "Мектеп туралы әңгіме айтылды.\n"
    count, end = read_until_enough(line * 3000, "мектеп балабақша", 2)
    assert count == 768
    assert 16_000 < end < 25_000 < len(line * 3000)


def test_a_short_body_is_read_to_its_end():
    assert read_until_enough("Мектеп ашылды. Мектеп жабылды.", "мектеп", 1) == (2, 0)


WORDS = st.lists(
    st.sampled_from(["су", "тасқыны", "мектепте", "әкім,", "өтті.", "«Көкжар»", "2018", "\n\n", "—", "…"]), max_size=80
)


@given(WORDS, st.integers(1, 5), st.integers(80, 400))
def test_passages_are_slices_of_one_paragraph_that_begin_at_a_word(words, count, length):
    body = " ".join(words).strip()
    found = matcher("су мектеп әкім")
    marks, _ = found.marks(body, "kk", Scope.BODY)
    spans = []
    for snippet in passages(body, marks, found.weights, count, length):
        assert len(snippet.text) <= length
        assert "\n" not in snippet.text
        assert snippet.text in body
        assert re.match(r"«?\w", snippet.text)
        spans.append(snippet)
        for start, end in snippet.marks:
            assert re.fullmatch(r"\w+", snippet.text[start:end])
    assert len(spans) <= count
    if marks:
        assert spans
        assert all(snippet.marks for snippet in spans)
