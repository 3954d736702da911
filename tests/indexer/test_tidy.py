import pytest

from indexer.tidy import lines, one_line, paragraphs, scrub


def test_controls_and_direction_marks_are_removed():
    assert scrub("а\0б\x07в\u202eг\ufeffд\u2066е\x9fж") == "абвгдеж"


def test_halves_of_a_pair_are_replaced():
    assert scrub("күн\ud83d!") == "күн\ufffd!"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_a_newline(end):
    assert scrub(f"бір{end}екі") == "бір\nекі"


def test_what_is_fine_is_left_alone():
    text = "Көкжар\t«ауданы» – бір\u00a0жыл\nекінші жол"
    assert scrub(text) == text


def test_one_line_has_single_spaces_and_composed_letters():
    assert one_line("  и\u0306ог\u00a0 \n курсы\u200b ") == "йог курсы"
    assert one_line("\u00a0\u200b\n") == ""


def test_lines_of_no_break_spaces_are_empty():
    assert lines("бір\n \u00a0 \nекі\u2060\n\u200b") == ["бір", "", "екі", ""]


def test_blank_lines_separate_paragraphs():
    assert paragraphs("\n\nБірінші\nжалғасы\n\u00a0\n\n\nЕкінші\n") == ["Бірінші\nжалғасы", "Екінші"]


def test_without_blank_lines_every_line_is_a_paragraph():
    assert paragraphs("Бірінші\nЕкінші\r\nҮшінші") == ["Бірінші", "Екінші", "Үшінші"]


@pytest.mark.parametrize("text", ["", "\n", " \u00a0\n\n\u200b", "\0\0"])
def test_nothing_has_no_paragraph(text):
    assert paragraphs(text) == []
