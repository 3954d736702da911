"""The article of a page, on the shapes of pages that archives have; all of them written here."""

import json

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
