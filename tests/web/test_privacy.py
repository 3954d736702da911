"""The page of privacy says what is so."""

import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from page_client import PageClient

from search.settings import Settings
from web import privacy

LOADED = {"stylesheet", "icon", "apple-touch-icon", "preload", "manifest"}
"""Links that a browser fetches by itself; others name addresses."""
LANGUAGES = ("kk", "ru", "en")
GUIDES = ("help", "advanced", "api", "privacy")
PATHS = ("/kk/", "/kk/search?q=форум", *(f"/{language}/{name}" for language in LANGUAGES for name in GUIDES))


def test_privacy_says_what_is_logged(
    app: Flask, app_with: Callable[..., Flask], index_folder: Path, tmp_path: Path
) -> None:
    assert "журналға жазылмайды" in PageClient(app).get("/kk/privacy").text
    for how, words in (("cut", "the first 64 characters"), ("full", "the full text"), ("hash", "a short code")):
        other = app_with(index=index_folder, query_log=str(tmp_path), query_log_text=how, query_log_days=30)
        text = PageClient(other).get("/en/privacy").text
        assert words in text
        assert "30" in text
        assert "not logged" not in text.replace("Who searched is not logged", "")


def test_privacy_is_true_of_cookies_and_foreign_files(pages: PageClient) -> None:
    for path in PATHS:
        assert "Set-Cookie" not in pages.client.get(path).headers
        loaded = [
            one.get("src") or one.get("href")
            for one in pages.get(path).tree.iter()
            if one.tag in ("script", "img") or (one.tag == "link" and set(one.get("rel", "").split()) & LOADED)
        ]
        assert any("/izde.css" in str(source) for source in loaded)
        assert all(str(source).startswith("/") and not str(source).startswith("//") for source in loaded if source)
    sheet = pages.client.get("/izde.css").text
    assert re.findall(r"@import|url\((?![\"']?(?:/static/|data:))[^)]*", sheet) == []


def test_privacy_has_the_same_paragraphs_in_every_language(app: Flask) -> None:
    found = []
    for language in LANGUAGES:
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            found.append(privacy.text(Settings()))
    assert len({len(paragraphs) for paragraphs in found}) == 1
    assert len({paragraph for paragraphs in found for paragraph in paragraphs}) == 3 * len(found[0])
