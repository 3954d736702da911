"""Any text at all, in XML, JSON in a page, BibTeX and RIS: it comes out as it went in, as near as can be."""

import json
import re
from xml.etree import ElementTree

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from search.model import Article
from web import canonical, citation, meta, xml
from web.plain import FORBIDDEN, for_xml, line

PIECES = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=10),  # lone surrogates too
    st.sampled_from(("</script>", "<!--", "]]>", "\r\nER  - ", "@article{", "әіңғү ұқөһ")),
    st.sampled_from("<>&\"'\\{}$%#_^~-]![/\u2028\u2029\u202e\u2066\x00\x0b\x1b\x85\ufffe\n\r\t \xa0"),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@given(TEXTS, TEXTS)
def test_xml_gives_texts_back(text: str, other: str) -> None:
    root = xml.root("a", "urn:a", {"b": other})
    xml.add(root, "c", text, {"d": other})
    made = ElementTree.fromstring(xml.document(root).decode())
    normal = for_xml(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (made[0].text or "") == normal
    assert made[0].get("d") == made.get("b")
    assert not FORBIDDEN.search("".join(made.itertext()))
    assert len(made) == 1


@given(TEXTS)
def test_a_line_is_one_line_without_control(text: str) -> None:
    found = line(text)
    assert found == " ".join(found.split())
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", found)
    assert line(found) == found
    assert len(line(text, 10)) <= 10
    kept = [sign for sign in text if sign.isalnum()]
    assert [sign for sign in found if sign.isalnum()] == kept


@given(TEXTS)
def test_json_in_a_page_stays_in_its_block(text: str) -> None:
    clean = line(text)
    data = {"@type": "NewsArticle", "headline": clean, clean: [clean]}
    page = f'<!doctype html><title>a</title><script type="application/ld+json">{meta.in_page(data)}</script><p>б</p>'
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (script,) = tree.findall(".//script")
    assert json.loads(script.text) == data
    assert len(tree.findall(".//p")) == 1


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_citations_are_one_entry(one: str, title: str, author: str, url: str) -> None:
    article = Article(one, title, "", f"https://a.example/{url}", author=author, source=author, category=title)
    cited = citation.source(article, "https://izde.example/kk/article/x", "Ізде", "(тақырыпсыз)")
    text = citation.bibtex(cited)
    depth, closed = 0, 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        closed += sign == "}" and depth == 0
        assert depth >= 0
    assert (depth, closed) == (0, 1)
    assert text.count("\n") == 2 + sum(text.count(f"\n  {name} = ") for name in FIELDS)
    text.encode()
    lines = citation.ris(cited).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", row) for row in lines[:-1])
    assert [row for row in lines if row.startswith("ER  - ")] == ["ER  - "]


FIELDS = ("title", "author", "journal", "keywords", "language", "url")


@given(TEXTS)
def test_addresses_of_the_web_hold_nothing_that_no_address_holds(text: str) -> None:
    for url in (f"https://a.example/{text}", f"http://{text}", text):
        found = canonical.web_address(url)
        assert found == "" or re.fullmatch(
            r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f\u202a-\u202e\ud800-\udfff]+", found, re.I
        )
        assert not found or url.lower().startswith("http")
