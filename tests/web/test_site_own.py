"""The site's own in its pages: name, logo, colours, contacts, links; and the files that go with them."""

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from page_client import PageClient

import web
from search.contrast import BACKGROUNDS
from search.errors import SettingsError
from search.settings import Settings
from tests.indexes import publish
from web import brand, create_app, sheet

STATIC = Path(web.__file__).parent / "static"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"/>'


def test_what_is_set_stands_on_every_page(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path / "index")
    (tmp_path / "logo.svg").write_bytes(SVG)
    pages = PageClient(
        app_with(
            index=tmp_path / "index", site_name="Дала <хабары>", site_short="Дала", site_owner="«Дала» ЖШС & серіктер",
            site_email="a@dala.example", site_phone="+7 (7172) 00-00-00", site_address="Көкжар, Бейбітшілік к., 1",
            site_links="Редакция=https://dala.example/a?b=c&d=e", site_logo=str(tmp_path / "logo.svg"),
            site_accent="#036",
        )
    )  # fmt: skip
    for path, status in (("/kk/", 200), ("/ru/search?q=форум", 200), ("/en/article/a04", 200), ("/kk/none", 404)):
        page = pages.get(path, status)
        assert page.texts(".//p[@class='name']/a") == ["Дала <хабары>"]
        (logo,) = page.all(".//p[@class='name']//img")
        assert (logo.get("width"), logo.get("height"), logo.get("alt")) == ("120", "40", "")
        assert page.texts(".//footer//address") == [
            "«Дала» ЖШС & серіктер Көкжар, Бейбітшілік к., 1 a@dala.example +7 (7172) 00-00-00"
        ]
        on_home = page.all(".//main//h1/img")
        assert [one.get("src") for one in on_home] == ([logo.get("src")] if path == "/kk/" else [])
        hrefs = [one.get("href") for one in page.all(".//footer//a")]
        assert {"mailto:a@dala.example", "tel:+77172000000", "https://dala.example/a?b=c&d=e"} <= set(hrefs)
    answer = pages.client.get(logo.get("src", ""))
    assert (answer.data, answer.mimetype) == (SVG, "image/svg+xml")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert pages.client.get(logo.get("src", ""), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    manifest = pages.client.get("/site.webmanifest")
    assert manifest.content_type == "application/manifest+json; charset=utf-8"
    assert (manifest.get_json()["name"], manifest.get_json()["short_name"]) == ("Дала <хабары>", "Дала")


def test_colours_stand_after_those_that_they_change(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path)
    addresses = set()
    for settings, wanted in (
        ({"site_accent": "#7A1F1F"}, {"#7a1f1f", "#fff", "#82c7e6", "#10181e"}),
        ({"site_accent_dark": "#fc6"}, {"#fc6", "#10181e"}),
        ({"site_accent": "#036", "site_accent_dark": "#fc6"}, {"#036", "#fff", "#fc6", "#10181e"}),
    ):
        pages = PageClient(app_with(index=tmp_path, **settings))
        (href,) = [one.get("href", "") for one in pages.get("/kk/").all(".//link") if one.get("rel") == "stylesheet"]
        addresses.add(href)
        answer = pages.client.get(href)
        assert (answer.mimetype, answer.cache_control.max_age) == ("text/css", sheet.AGE_S)
        assert answer.text.startswith(sheet.text())
        text = answer.text.removeprefix(sheet.text())
        assert set(re.findall("#[0-9a-f]+", text)) == wanted
        assert text.count("{") == text.count("}")
    assert len(addresses) == 3, "what a browser keeps is asked for anew when the colours change"


def test_the_backgrounds_are_those_of_the_stylesheet(pages: PageClient) -> None:
    (sheet,) = [one.get("href", "") for one in pages.get("/kk/").all(".//link") if one.get("rel") == "stylesheet"]
    with pages.client.get(sheet) as answer:
        css = answer.get_data(as_text=True)
    for name in BACKGROUNDS["light"]:
        light, dark, *_ = re.findall(rf"--{name}: (#[0-9a-f]{{3,6}});", css)
        assert (light, dark) == (BACKGROUNDS["light"][name], BACKGROUNDS["dark"][name]), name
    assert brand.ACCENT + ":" in css
    assert brand.ON_ACCENT + ":" in css
    assert brand.USUAL_DARK in css


def test_what_cannot_be_is_said_at_the_start(tmp_path: Path) -> None:
    publish(tmp_path)
    with pytest.raises(SettingsError, match="site_accent"):
        create_app(Settings(index=tmp_path, site_accent="#eee"))


def test_words_about_privacy_are_text(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path / "index")
    words = "# Не сақталады\n\nБіз <b>ештеңе</b>\nсақтамаймыз & сатпаймыз.\n\n</p><script>alert(1)</script>\n"
    (tmp_path / "kk.txt").write_text(words, "utf-8")
    pages = PageClient(app_with(index=tmp_path / "index", site_privacy=str(tmp_path)))
    page = pages.get("/kk/privacy")
    assert page.texts(".//main//h1") == ["Құпиялық"]
    assert page.texts(".//main//h2") == ["Не сақталады"]
    assert page.texts(".//main//p") == ["Біз <b>ештеңе</b> сақтамаймыз & сатпаймыз.", "</p><script>alert(1)</script>"]
    again = pages.client.get("/kk/privacy", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    assert "Не сақталады" not in pages.client.get("/ru/privacy").text, "that has the usual words, if any"


def test_without_a_logo_there_is_none(app: Flask) -> None:
    assert app.test_client().get("/site/logo").status_code == 404
    assert app.test_client().get(sheet.PATH).text.strip() == sheet.text().strip()


def test_icons_are_what_they_say(app: Flask) -> None:
    client, pages = app.test_client(), PageClient(app)
    icons = {
        one.get("href"): one.get("sizes")
        for one in pages.get("/kk/").all(".//link")
        if one.get("rel") in ("icon", "apple-touch-icon")
    }
    assert len(icons) == 3
    named = [one["src"] for one in client.get("/site.webmanifest").get_json()["icons"]]
    for href in (*icons, *named):
        answer = client.get(href)
        assert answer.status_code == 200
        if size := re.search(r"icon-(\d+)\.png", href):
            assert struct.unpack(">II", answer.data[16:24]) == (int(size[1]), int(size[1]))
        answer.close()
    ico = (STATIC / "favicon.ico").read_bytes()
    assert ico[:6] == b"\0\0\1\0\1\0"
    assert ico[22:] == (STATIC / "icon-32.png").read_bytes()


def test_a_site_of_one_language_has_none_to_choose(app_with: Callable[..., Flask], index_folder: Path) -> None:
    for languages, shown in (("kk", False), ("kk,ru", True)):
        page = PageClient(app_with(index=index_folder, languages=languages)).get("/kk/search?q=форум")
        (listed,) = page.all(".//nav[@class='languages']")
        assert (listed.get("hidden") is None) is shown
