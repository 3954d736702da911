import pytest

from indexer.encodings import Undecodable, actual, decode, is_wide, likely

RUSSIAN = "Сегодня в районном доме культуры открылась библиотека, ёлка и объезд."


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("text", [RUSSIAN, "Бугін ауданда кітапхана ашылды".replace("і", "и"), "2018: день города"])
def test_the_likely_encoding(encoding, text):
    assert likely(text.encode(encoding)) == encoding


def test_kazakh_letters_tell_kz1048():
    assert likely("Бүгін Көкжарда жаңа кітапхана ашылды".encode("kz1048")) == "kz1048"


@pytest.mark.parametrize("data", [b"", b"plain", "Қала".encode(), bytes(range(128, 256)), b"\xff\xd8\xff\xe0" * 20])
def test_what_is_none_of_them(data):
    assert likely(data) in ("", "cp1251")
    assert likely("Қазақстан".encode()) == ""


def test_decoding_is_never_guessed():
    assert decode("Қала".encode(), "utf-8") == "Қала"
    with pytest.raises(Undecodable, match=r"likely cp1251; save it as UTF-8, or set encoding"):
        decode(RUSSIAN.encode("cp1251"), "utf-8")
    with pytest.raises(Undecodable, match="cut short"):
        decode(b"\xd0", "utf-8")


def test_marks_count_for_utf8_only():
    assert actual("UTF8", b"\xff\xfea\0") == "utf-16"
    assert actual("utf-8", b"\xef\xbb\xbfa") == "utf-8-sig"
    assert actual("utf-8", b"abcd") == "utf-8"
    assert actual("cp1251", b"\xff\xfea\0") == "cp1251"


def test_wide_encodings():
    assert [name for name in ("utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-32") if is_wide(name)] == [
        "utf-16",
        "utf-16-le",
        "utf-32",
    ]
