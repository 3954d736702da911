"""The article of a page, on the shapes of pages that archives have; all of them written here."""

import json
import random
import time

import pytest

from indexer.page import article

TITLE = "Аралда жаңа мектеп ашылды"
TEXT = (
    "Қызылорда облысының Арал ауданында жаңа мектеп ашылды. Салтанатты шараға аудан тұрғындары мен ұстаздар жиналды.",
    "Мектепте екі жүз оқушы білім алады. Ғимаратта кітапхана, спорт залы және шеберхана бар.",
    "«Біз бұл күнді көп күттік», — деді мектеп директоры Айгүл Серікова.",
)
BODY = "\n\n".join(TEXT)
LINKS = '<li><a href="/q">Қоғам</a><li><a href="/s">Саясат</a>'
MENU = f'<header><a href="/">Басты бет</a><nav><ul>{LINKS}</ul></nav></header>'
ITEMS = "".join(f'<li><a href="/n{n}">Ауданда {n} жаңа көпір салынды деген хабар келді</a></li>' for n in range(8))
FOOT = f'<div class="sidebar"><h3>Соңғы жаңалықтар</h3><ul>{ITEMS}</ul></div><footer>© 2024 Барлық құқықтар</footer>'
URL = "https://dala.example/2024/03/mektep/"


def page(content, head=f"<title>{TITLE} | Дала</title>"):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{MENU}{content}{FOOT}</body></html>"


WORDPRESS = page(
    f"""<div id="content"><article class="post"><h1 class="entry-title">{TITLE}</h1>
    <div class="entry-meta"><time class="entry-date published" datetime="2024-03-05T09:30:00+05:00">5 наурыз</time>
    <a rel="author" href="/a">Гүлнар Омарова</a> <a href="/b" rel="category tag">Білім</a></div>
    <div class="entry-content"><figure class="wp-caption"><img src=x><figcaption>Фото: Дала</figcaption></figure>
    <p>{TEXT[0]}</p><p>{TEXT[1]}</p><p><strong>Тағы оқыңыз:</strong> <a href="/x">Ауылда кітапхана ашылды</a></p>
    <p>{TEXT[2]}</p></div><div class="related-posts"><h3>Ұқсас жаңалықтар</h3><a href="/y">Көпір салынды</a></div>
    </article></div>""",
    f"""<title>{TITLE} - Дала жаңалықтары</title><link rel="canonical" href="{URL}">
    <meta property="og:site_name" content="Дала жаңалықтары">""",
)


def test_a_page_of_wordpress():
    assert article(WORDPRESS.encode(), "https://dala.example/?p=7") == {
        "title": TITLE,
        "body": BODY,
        "url": URL,
        "published": "2024-03-05T09:30:00+05:00",
        "category": "Білім",
        "author": "Гүлнар Омарова",
        "source": "Дала жаңалықтары",
    }


def test_json_ld_fills_a_page_without_text():
    node = {
        "@type": ["NewsArticle"],
        "headline": TITLE,
        "datePublished": "2024-03-05",
        "articleSection": ["Білім"],
        "author": [{"@type": "Person", "name": "Г. Омарова"}, {"@type": "Person", "name": "Б. Әли"}],
        "publisher": {"@type": "Organization", "name": "Дала"},
        "articleBody": BODY,
        "mainEntityOfPage": {"@id": URL},
        "inLanguage": "kk-KZ",
    }
    graph = json.dumps({"@graph": [{"@type": "WebSite", "name": "Басқа"}, node]})
    head = f'<title>{TITLE} — Дала</title><script type="application/ld+json">{graph}</script>'
    assert article(page('<div id="app"></div>', head).encode()) == {
        "title": TITLE,
        "body": BODY,
        "url": URL,
        "published": "2024-03-05",
        "category": "Білім",
        "author": ["Г. Омарова", "Б. Әли"],
        "source": "Дала",
        "lang": "kk",
    }


@pytest.mark.parametrize(
    "content",
    [
        f"<div class=main><h1>{TITLE}</h1><div>{TEXT[0]}</div><div>{TEXT[1]}</div><div>{TEXT[2]}</div></div>",
        f"<div class=main><h1>{TITLE}</h1><div class=t>{'<br><br>'.join(TEXT)}</div></div>",
        f"<form action=x><div id=ctl00><h1>{TITLE}</h1><span>{'<br/> <br/>'.join(TEXT)}</span></div></form>",
        f"<table><tr><td><h1>{TITLE}</h1><font size=2><p>{TEXT[0]}<p><b>{TEXT[1]}<p>{TEXT[2]}</table>",
        f"<main><h1>{TITLE}<p>{TEXT[0]}</i></div><p>{TEXT[1]}<p><i>{TEXT[2]}",
        f"<p>{TEXT[0]}<p>{TEXT[1]}<p>{TEXT[2]}",
    ],
    ids=["divs", "line ends", "a form around the page", "tables", "broken", "bare paragraphs"],
)
def test_text_in_other_shapes(content):
    found = article(page(content).encode())
    assert (found["title"], found["body"]) == (TITLE, BODY)


def test_a_text_of_three_words():
    found = article(page(f"<div><h1>{TITLE}</h1><div class=date>05.03.2024</div><p>Мектеп ашылды.</p></div>").encode())
    assert found == {"title": TITLE, "body": "Мектеп ашылды."}


@pytest.mark.parametrize(
    ("encoding", "said", "header"),
    [
        ("utf-8-sig", "windows-1251", ""),
        ("utf-16", "utf-8", ""),
        ("kz1048", "windows-1251", ""),
        ("kz1048", "", "Windows-1251"),
        ("ptcp154", "utf-8", "ptcp154"),
        ("utf-8", "windows-1251", "iso-8859-1"),
    ],
)
def test_the_encoding_is_the_one_that_is_said(encoding, said, header):
    data = WORDPRESS.replace(
        "<meta charset=utf-8>", f'<meta http-equiv=x content="text/html; charset={said}">' * bool(said)
    )
    assert article(data.encode(encoding), charset=header)["body"] == BODY


def test_russian_in_windows_1251():
    text = "В районе открыли новую школу. На празднике собрались жители, учителя и ученики. В школе двести мест."
    data = page(f"<h1>Новая школа</h1><p>{text}</p>").replace("utf-8", "windows-1251")
    assert article(data.encode("cp1251", "xmlcharrefreplace"))["body"] == text


NEWS = (
    """<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{0}","datePublished":"{1}"}}</script>"""
)


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_articles_in_json_ld_it_is_the_one_with_the_title(order):
    nodes = [NEWS.format("Басқа хабар", "2020-01-01"), NEWS.format(TITLE[:20], "2024-03-05")][::order]
    found = article(page(f"<h1>{TITLE}</h1><p>{TEXT[0]}", f"<title>{TITLE}</title>{''.join(nodes)}").encode())
    assert (found["title"], found["published"]) == (TITLE, "2024-03-05")
    others = NEWS.format("Бір хабар", "2020-01-01") + NEWS.format("Екі хабар", "2021-01-01")
    assert "published" not in article(page(f"<h1>{TITLE}</h1><p>{TEXT[0]}", f"<title>{TITLE}</title>{others}").encode())


@pytest.mark.parametrize(
    ("content", "published"),
    [
        ('<meta itemprop="datePublished" content="2024-03-05T10:00">', "2024-03-05T10:00"),
        (
            '<article><h1>х</h1><time pubdate datetime="2024-03-05">кеше</time></article><time datetime="2020-01-01">',
            "2024-03-05",
        ),
        ("<main><time>5 наурыз 2024, 10:00</time></main>", "5 наурыз 2024, 10:00"),
        ('<time datetime="2024-03-05">', "2024-03-05"),
        ('<time datetime="2024-03-05"></time><time datetime="2024-03-06"></time>', None),
        ('<aside><time datetime="2024-03-05"></time></aside>', None),
        ("<p>2024 жылғы 5 наурызда ашылды.</p><div>05.03.2024</div>", None),
        ('<meta name="date" content="31.02.2024"><meta name="dc.date" content="2024-03-05">', "2024-03-05"),
        ('<meta name="date" content="31.02.2024">', "31.02.2024"),
        ("<time>бүгін</time>", None),
    ],
)
def test_dates_come_from_marked_places_only(content, published):
    assert article(page(f"<div><h1>{TITLE}</h1>{content}<p>{TEXT[0]}</div>").encode()).get("published") == published


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        (f"<title>{TITLE} | Дала</title>", "", TITLE),
        (
            f"<title>{TITLE} - Дала жаңалықтары</title><meta property=og:site_name content='Дала жаңалықтары'>",
            "",
            TITLE,
        ),
        (f"<title>dala.example — {TITLE}</title>", "", TITLE),
        (f"<title>{TITLE} :: Білім :: Дала порталы</title>", "", TITLE),
        (f"<title>{TITLE}… - Дала</title>", f"{TITLE} деп хабарлайды министрлік", f"{TITLE} деп хабарлайды министрлік"),
        (f"<title>{TITLE}</title><meta property=og:site_name content='Дала'>", "Дала", TITLE),
        ("<title>Астана — бас қала</title>", "", "Астана — бас қала"),
        (
            "<title>Сұхбат | Мұхтар Әуезов: Ел болсақ деп тілейік</title>",
            "",
            "Сұхбат | Мұхтар Әуезов: Ел болсақ деп тілейік",
        ),
        ("", TITLE, TITLE),
        ("", "", None),
    ],
)
def test_the_title_without_the_name_of_the_site(head, heading, title):
    data = page(
        f"<h1>{heading}</h1><p>{TEXT[0]}</p><p>{TEXT[1]}</p>" if heading else f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>", head
    )
    assert article(data.encode(), URL).get("title") == title


def test_comments_captions_tags_and_other_articles_are_no_text():
    content = f"""<article><h1>{TITLE}</h1><div class="wp-caption"><img src=a>
    <p class="wp-caption-text">Мектептің ашылуы. Фото: Дала</p></div><p>{TEXT[0]}</p>
    <div class="read-also"><a href=/z>Ауылда кітапхана ашылды</a></div><p>{TEXT[1]}</p>
    <p><a href=/e>Оқи отырыңыз: Тағы бір жаңалық бар</a></p><p>Читайте также: <a href=/r>Новый мост</a></p>
    <p>{TEXT[2]}</p><div class=tags>Тегтер: <a>мектеп</a></div><div class="share">Бөлісу: <a>fb</a></div></article>
    <div id=comments><h3>Пікірлер</h3>
    <div class=comment><p>Жақсы жаңалық екен, көптен күткен мектебіміз ғой, құтты болсын!</p></div></div>"""
    assert article(page(content).encode())["body"] == BODY


@pytest.mark.parametrize(
    "text",
    [
        "Тағы көрсеткен <a href=/a>жолы</a> бұл емес",
        "Читайте книги, советует <a href=/a>министр</a>",
        "По теме дорог выступил <a href=/a>аким</a> района",
        "Оқыған <a href=/a>адам</a> озады",
    ],
)
def test_a_paragraph_with_a_link_is_text(text):
    plain = text.replace("<a href=/a>", "").replace("</a>", "")
    content = f"<article><h1>{TITLE}</h1><p>{TEXT[0]}</p><p>{text}</p><p>{TEXT[1]}</p></article>"
    assert article(page(content).encode())["body"] == f"{TEXT[0]}\n\n{plain}\n\n{TEXT[1]}"


def test_lists_headings_quotations_and_tables_are_text():
    content = (
        f"<article><h1>{TITLE}</h1><p>{TEXT[0]}<ul><li>бірінші сынып<li>екінші сынып</ul><h2>Болашақ</h2><p>{TEXT[1]}"
    )
    found = article(page(f"{content}<blockquote>{TEXT[2]}</blockquote><table><tr><td>Жыл<td>2024</table>").encode())
    assert found["body"].split("\n\n") == [
        TEXT[0], "бірінші сынып", "екінші сынып", "Болашақ", TEXT[1], TEXT[2], "Жыл 2024",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Qyzylorda oblysynyń Aral aýdanynda jańa mektep ashyldy. Saltanatty sharaǵa aýyl turǵyndary jınaldy.",
        "قىزىلوردا وبلىسىنىڭ ارال اۋدانىندا جاڭا مەكتەپ اشىلدى. سالتاناتتى شاراعا اۋىل تۇرعىندارى جينالدى.",
    ],
)
def test_other_scripts(text):
    found = article(f"<html lang=kk><title>{text[:20]}</title><body><h1>{text[:20]}</h1><p>{text}</p>".encode())
    assert (found["body"], found["lang"]) == (text, "kk")


def test_the_language_of_a_theme_counts_only_where_the_text_tells_none():
    data = page(f"<h1>{TITLE}</h1><p>{TEXT[0]}").replace("<html>", '<html lang="ru-RU">')
    assert "lang" not in article(data.encode())
    assert article(b'<html lang="kk-KZ"><title>Aaaa</title><p>2024')["lang"] == "kk"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<link rel="canonical" href="https://dala.example/a">', "https://dala.example/a"),
        ('<link rel="alternate canonical" href="/a?x=1">', "https://dala.example/a?x=1"),
        ('<link rel="canonical" href="https://dala.example/">', URL),
        (
            '<link rel="canonical" href="http://["><meta property="og:url" content="//dala.example/b">',
            "https://dala.example/b",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ("", URL),
    ],
)
def test_the_canonical_address(link, url):
    assert article(page(TEXT[0], link).encode(), URL)["url"] == url


HOSTILE = {
    "deep": "<div>" * 9_000 + "мәтін",
    "deep tables": "<table><tr><td>" * 6_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x",
    "line ends": "<div>" + "<br>" * 19_000,
    "paragraphs": "<p>мәтін осында" * 19_000,
    "cells": "<table>" + "<tr><td>а<td>б" * 6_000,
    "links": "<p><a>x</a></p>" * 4_900,
    "json": '<script type="application/ld+json">' + "[" * 100_000,
    "comments": "<!--" * 19_000,
    "brackets": "<" * 19_000,
    "titles": "<title>" + "a | " * 100_000 + "</title>",
    "too many": "<p>" * 30_000,
    "too long": "<p>" + "а" * 3_000_000,
    "nothing": "",
    "zeros": "\0" * 1000,
    "surrogates": "<p>&#xD800;&#0;&#x110000;",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_seconds_at_most(name):
    start = time.process_time()
    found = article(f"<title>Т</title>{HOSTILE[name]}".encode() if HOSTILE[name] else b"", URL)
    assert time.process_time() - start < 8
    assert found["url"] == URL
    assert all(isinstance(value, str | list) and value for value in found.values())


def test_random_bytes_are_no_page():
    dice = random.Random(5)
    for size in (0, 1, 10, 1000, 100_000):
        assert article(dice.randbytes(size), URL, dice.choice(["", "utf-8", "idna", "\0", "koi8-r"]))["url"] == URL
