import pytest

from indexer.markup import looks_like_html, to_text


@pytest.mark.parametrize(
    "text", ["5 < 7 және 9 > 3", "<ескерту>", "a<b", "R&D бөлімі", "AT&T;", "көше & үй", "", "<3", "<p", "i<j>k"]
)
def test_what_only_resembles_html_is_left_alone(text):
    assert not looks_like_html(text)
    assert to_text(text) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Бірінші.</p><p>Екінші.</p>", "\n\nБірінші.\n\n\n\nЕкінші.\n\n"),
        ("<DIV class='a b'>Мәтін</DIV>", "\n\nМәтін\n\n"),
        ("бір<br>екі<br/>үш<br />төрт", "бір\nекі\nүш\nтөрт"),
        ("<b>қалың</b> және <i>көлбеу</i>", "қалың және көлбеу"),
        ("<p>5 &lt; 7 &amp; &laquo;күн&raquo;&nbsp;бар</p>", "\n\n5 < 7 & «күн»\u00a0бар\n\n"),
        ("бір&nbsp;екі &#1179; &#x49B;", "бір\u00a0екі қ қ"),
        ("<p>а</p><script>if (a < b) { x('<p>жоқ</p>') }</script><p>б</p>", "\n\nа\n\n\n\nб\n\n"),
        ("<style>p { color: red }</style><p>а</p>", "\n\nа\n\n"),
        ("<p>а<!-- <p>жоқ</p> -->б</p>", "\n\nаб\n\n"),
        ("<!DOCTYPE html><p>а</p>", "\n\nа\n\n"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "\n\n\n\n 1  2 \n\n\n\n"),
        ("<a href='https://a.example/?x=1&amp;y=2'>сілтеме</a>", "сілтеме"),
        ("<p>5 < 7</p>", "\n\n5 < 7\n\n"),
        ("<p>Авторы <ескерту></p>", "\n\nАвторы <ескерту>\n\n"),
    ],
)
def test_html_becomes_text(html, text):
    assert looks_like_html(html)
    assert to_text(html) == text


@pytest.mark.parametrize("html", ["<p>а<script>б", "<p>а<!-- б", "<p>а<style>б</p>"])
def test_what_is_never_closed_hides_the_rest(html):
    assert to_text(html).strip() == "а"


@pytest.mark.parametrize("piece", ["<p", "<p ", "<!--", "</p", "<script>", "<a href=", "&#", "<p>"])
def test_hostile_text_ends(piece):
    assert isinstance(to_text("<p>" + piece * 100_000), str)
