"""What a site sets of its own is checked before anyone sees it."""

import struct
import zlib
from pathlib import Path

import pytest

from search.contrast import BACKGROUNDS, ratio
from search.errors import SettingsError
from search.settings import Settings
from search.site import SiteLink, load

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="9" height="9" fill="url(#a)"/></svg>'
)


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refused(**values: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load(Settings(**values))
    return str(caught.value)


def test_nothing_has_to_be_set() -> None:
    site = load(Settings())
    assert (site.name, site.short) == ("Ізде", "Ізде")
    assert not any(
        (site.owner, site.email, site.phone, site.address, site.logo, site.accents, site.links, site.privacy)
    )


def test_names_fit_their_places() -> None:
    assert load(Settings(site_name="Дала хабары мұрағаты")).short == "Дала хабары мұр…"
    assert load(Settings(site_name="Дала хабары мұрағаты", site_short="Дала")).short == "Дала"
    assert "site_short" in refused(site_short="Дала хабары мұрағаты")
    assert "site_name" in refused(site_name=" \n ")
    assert "site_name" in refused(site_name="а" * 201)
    assert "site_owner" in refused(site_owner="а\x00б")
    assert "site_address" in refused(site_address="а\u202eб")


def test_languages_are_codes() -> None:
    assert load(Settings(languages="ru")).name == "Ізде"
    for bad in ("", " , ", "kk,қазақша", "kk,../x", "kk ru", "K"):
        assert "languages" in refused(languages=bad)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "site_email",
            "info@izde.example",
            ("info", "a b@c.de", "a@b", "<a@b.kz>", "a@b.kz,c@d.kz", "javascript:x@y.kz"),
        ),
        ("site_phone", "+7 (7172) 00-00-00", ("алло", "+7<b>", "12", "+7 7172 00 00 00 қосымша 1")),
    ],
)
def test_contacts(name: str, good: str, bad: tuple[str, ...]) -> None:
    assert getattr(load(Settings(**{name: good})), name.removeprefix("site_")) == good
    for one in bad:
        assert name in refused(**{name: one})


def test_links_lead_to_the_web_or_into_the_site() -> None:
    links = "Редакция=https://izde.example/about?a=b, Байланыс=/kk/ ,Хат=mailto:a@b.kz,"
    assert load(Settings(site_links=links)).links == (
        SiteLink("Редакция", "https://izde.example/about?a=b"),
        SiteLink("Байланыс", "/kk/"),
        SiteLink("Хат", "mailto:a@b.kz"),
    )
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "about",
        "",
        "https://",
        "https://[",
        "/a b",
        '/"',
    ):
        assert "site_links" in refused(site_links=f"Атау={bad}"), bad
    assert "site_links" in refused(site_links="https://a.example")
    assert "12" in refused(site_links=",".join(f"{n}=/{n}" for n in range(13)))


@pytest.mark.parametrize(
    ("theme", "name", "good", "bad"),
    [
        ("light", "site_accent", ("#0b6285", "#036", "#7A1F1F"), ("#82c7e6", "#ff9900", "#777")),
        ("dark", "site_accent_dark", ("#82c7e6", "#fff", "#FFCC66"), ("#0b6285", "#003", "#777777")),
    ],
)
def test_colours_that_cannot_be_read_are_refused(
    theme: str, name: str, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    for colour in good:
        assert load(Settings(**{name: colour})).accents == {theme: colour.lower()}
        assert all(ratio(colour, behind) >= 4.5 for behind in BACKGROUNDS[theme].values())
    for colour in bad:
        message = refused(**{name: colour})
        least = min(ratio(colour, behind) for behind in BACKGROUNDS[theme].values())
        assert f"{least:.2f}" in message
        assert name in message
        assert "4.5" in message
    for colour in ("red", "#12345", "#0b628g", "0b6285", "#0b6285;}", "url(x)"):
        assert "#0b6285" in refused(**{name: colour})


def test_contrast_is_that_of_the_standard() -> None:
    assert ratio("#000", "#ffffff") == pytest.approx(21)
    assert ratio("#777", "#fff") == pytest.approx(4.48, abs=0.01)
    assert ratio("#fff", "#777") == ratio("#777", "#fff")


def test_logos(tmp_path: Path) -> None:
    for name, data, kind, size in (
        ("a.png", png(64, 32), "image/png", (64, 32)),
        ("b.svg", SVG.encode(), "image/svg+xml", (120, 40)),
        ("c.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 16"/>', "image/svg+xml", (32, 16)),
        ("d", b'\xef\xbb\xbf<?xml version="1.0"?>' + SVG.encode(), "image/svg+xml", (120, 40)),
    ):
        (tmp_path / name).write_bytes(data)
        logo = load(Settings(site_logo=str(tmp_path / name))).logo
        assert logo
        assert (logo.data, logo.kind, (logo.width, logo.height)) == (data, kind, size)


HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
ACTIVE = (
    b"<script>alert(1)</script>", b"<foreignObject/>", b"<image href='https://evil.example/x'/>", b"<animate/>",
    b"<set attributeName='href'/>", b"<a xlink:href='javascript:alert(1)'/>", b"<rect onload='alert(1)'/>",
    b"<rect ONCLICK='x'/>", b"<style>@import 'https://evil.example/x';</style>",
    b"<style>rect{fill:url(https://evil.example)}</style>", b"<rect style='fill:u\\72l(//evil.example)'/>",
    b"<rect fill='url( \"https://evil.example\" )'/>", b"<image href='data:image/png;base64,AAAA'/>",
)  # fmt: skip
NO_PICTURES = (
    b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(0, 5), png(9, 9)[:20], b"<html/>", b"<svg/>", b"\xff\xfe<\0s\0v\0g\0",
    SVG.encode() + b"<", b"x" * 200_001, b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 1e999"/>',
    b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(),
    b'<?xml-stylesheet href="https://evil.example"?>' + SVG.encode(),
)  # fmt: skip


@pytest.mark.parametrize("data", [*NO_PICTURES, *(HEAD + inside + b"</svg>" for inside in ACTIVE)])
def test_what_is_no_plain_picture_is_no_logo(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "logo").write_bytes(data)
    assert str(tmp_path / "logo") in refused(site_logo=str(tmp_path / "logo"))
    assert "cannot be read" in refused(site_logo=str(tmp_path / "none"))
    assert "cannot be read" in refused(site_logo=str(tmp_path))


def test_words_about_privacy(tmp_path: Path) -> None:
    (tmp_path / "kk.txt").write_bytes("# Құпиялық\r\n\r\nБіз ештеңе\r\nсақтамаймыз.\n \n\n<b>Солай</b>\n".encode())
    found = load(Settings(site_privacy=str(tmp_path))).privacy
    assert found == {"kk": ("# Құпиялық", "Біз ештеңе сақтамаймыз.", "<b>Солай</b>")}
    (tmp_path / "ru.txt").write_bytes("Мы".encode("cp1251"))
    assert "UTF-8" in refused(site_privacy=str(tmp_path))
    (tmp_path / "ru.txt").write_bytes(b"x" * 100_001)
    assert "100,000" in refused(site_privacy=str(tmp_path))
    assert "kk.txt" in refused(site_privacy=str(tmp_path / "none"))
