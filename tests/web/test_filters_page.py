from urllib.parse import parse_qs, urlsplit

import pytest
from page_client import PageClient, Shown, text_of


def total(page: Shown) -> int:
    return int(page.texts(".//h1")[0].split()[0])


def value(page: Shown, facet: str, label: str) -> tuple[int, str, str]:
    """Count of a value, the address that chooses it (or lets go of it), and the one that leaves it out."""
    for row in page.all(f".//section[@aria-labelledby='facet-{facet}']//li"):
        if text_of(row.find(".//*[@class='label']")) == label:  # type: ignore[arg-type]
            minus = row.find("a[@class='minus']")
            count = int(text_of(row.find(".//*[@class='count']")))  # type: ignore[arg-type]
            return count, row.find("a").get("href", ""), "" if minus is None else minus.get("href", "")  # type: ignore[union-attr]
    raise AssertionError(f"no value {label} in {facet}")


def chips(page: Shown) -> list[str]:
    return [text.partition(",")[0] for text in page.texts(".//div[@class='chips']//li")]


def test_counts_are_what_choosing_gives(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=мектеп")
    for facet in ("category", "source", "author", "script"):
        for row in page.texts(f".//section[@aria-labelledby='facet-{facet}']//span[@class='label']"):
            count, choose, leave_out = value(page, facet, row)
            assert total(pages.get(choose)) == count
            assert total(pages.get(leave_out)) == total(page) - count


def test_choose_two_then_let_go(pages: PageClient) -> None:
    page = pages.get("/kk/search?per_page=10&page=2")
    first_count, choose, _ = value(page, "category", "Спорт")
    page = pages.get(choose)
    second_count, choose, _ = value(page, "category", "Мәдениет")
    page = pages.get(choose)
    assert total(page) == first_count + second_count
    assert chips(page) == ["Айдар: Спорт", "Айдар: Мәдениет", "Бәрін тазалау"]
    assert page.texts(".//details//span[@class='many']") == ["2"]
    assert [text_of(one) for one in page.all(".//li[@class='chosen']//span[@class='label']")] == ["Мәдениет", "Спорт"]
    _, let_go, leave_out = value(page, "category", "Спорт")
    assert (total(pages.get(let_go)), leave_out) == (second_count, "")
    chip = page.all(".//div[@class='chips']//a")[0]
    assert total(pages.get(chip.get("href", ""))) == second_count
    assert total(pages.get(page.link("Бәрін тазалау"))) == 54


def test_leave_out_and_take_back(pages: PageClient) -> None:
    page = pages.get("/ru/search")
    count, _, leave_out = value(page, "source", "Ел үні")
    page = pages.get(leave_out)
    assert total(page) == 54 - count
    assert chips(page)[0] == "Источник: кроме «Ел үні»"
    assert page.texts(".//li[@class='left-out']//span[@class='label']") == ["Ел үні"]
    _, back, _ = value(page, "source", "Ел үні")
    assert total(pages.get(back)) == 54


def test_values_that_look_like_syntax(pages: PageClient) -> None:
    page = pages.get("/kk/search")
    for label in ("-Жедел", "\\Қосымша"):
        count, choose, leave_out = value(page, "category", label)
        assert (count, total(pages.get(choose)), total(pages.get(leave_out))) == (1, 1, 53)
    assert total(pages.get(value(page, "source", "Көкжар таңы, қосымша")[1])) == 1


def test_languages_and_scripts_have_names(pages: PageClient) -> None:
    page = pages.get("/en/search")
    assert set(page.texts(".//section[@aria-labelledby='facet-lang']//span[@class='label']")) == {
        "Kazakh",
        "Russian",
        "English",
    }
    scripts = page.texts(".//section[@aria-labelledby='facet-script']//span[@class='label']")
    assert "Arabic script (töte jazu)" in scripts


def test_a_long_facet_can_be_opened(pages: PageClient) -> None:
    page = pages.get("/kk/search?facet_limit=2")
    names = ".//section[@aria-labelledby='facet-category']//span[@class='label']"
    assert len(page.texts(names)) == 2
    [rest] = page.all(".//section[@aria-labelledby='facet-category']/p[@class='rest']/a")
    more = pages.get(rest.get("href", ""))
    assert len(more.texts(names)) == 7
    assert "Көрсетілмегені: 8" in more.texts(".//section[@aria-labelledby='facet-category']/p[@class='rest']")


def test_bars_lead_from_years_to_days_and_back(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум")
    years = bars(page)
    assert list(years) == sorted(years, reverse=True)
    assert sum(count for count, _ in years.values()) <= total(page)
    count, href = years["2021"]
    page = pages.get(href)
    assert (total(page), chips(page)[0]) == (count, "2021")
    months = bars(page)
    assert "сәуір" in months
    page = pages.get(months["сәуір"][1])
    assert chips(page)[0] == "2021 жылғы сәуір"
    assert page.texts(".//ol[@class='crumbs']/li") == ["Барлық жылдар", "2021", "сәуір"]
    days = bars(page)
    day = pages.get(days["2 сәуір"][1])
    assert (total(day), chips(day)[0], bars(day)) == (1, "2 сәуір 2021", {})
    up = [one.get("href", "") for one in day.all(".//ol[@class='crumbs']//a")]
    assert [bars(pages.get(href)) for href in up] == [years, months, days]


def bars(page: Shown) -> dict[str, tuple[int, str]]:
    rows = page.all(".//ol[@class='bars']/li/a")
    keys, counts = (
        page.texts(".//ol[@class='bars']//*[@class='key']"),
        page.texts(".//ol[@class='bars']//*[@class='count']"),
    )
    return {key: (int(count), row.get("href", "")) for key, count, row in zip(keys, counts, rows, strict=True)}


@pytest.mark.parametrize(
    "asked",
    ["", "q=мектеп", "date_from=2016-05-10&date_to=2020-02", "date_from=2018", "year=2017", "year=2017&year=2019"],
)
def test_a_bar_leads_to_as_many_hits_as_it_says(pages: PageClient, asked: str) -> None:
    found = bars(pages.get(f"/kk/search?{asked}"))
    assert found
    assert {key: total(pages.get(href)) for key, (_, href) in found.items()} == {
        k: count for k, (count, _) in found.items()
    }


def test_the_longest_bar_is_whole_and_the_others_in_proportion(pages: PageClient) -> None:
    page = pages.get("/kk/search")
    counts = [count for count, _ in bars(page).values()]
    widths = [int(rect.get("width", "").rstrip("%")) for rect in page.all(".//svg/rect") or page.all(".//*[@rx]")]
    assert widths == [max(1, round(100 * count / max(counts))) for count in counts]


def test_a_year_filter_of_the_api_opens_its_months(pages: PageClient) -> None:
    page = pages.get("/kk/search?year=2021")
    assert chips(page)[0] == "Жыл: 2021"
    assert "сәуір" in bars(page)
    narrowed = pages.get(bars(page)["сәуір"][1])
    assert chips(narrowed) == ["2021 жылғы сәуір", "Бәрін тазалау"]


def test_the_form_of_dates_keeps_the_rest(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум&category=Құқық&category=-Спорт&sort=oldest&date_from=2016&date_to=2017&page=1")
    [form] = page.all(".//form[@class='dates']")
    sent = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert sent == [
        ("date_from", "2016-01-01"),
        ("date_to", "2017-12-31"),
        ("q", "форум"),
        ("sort", "oldest"),
        ("category", "Құқық"),
        ("category", "-Спорт"),
    ]
    assert chips(page)[2] == "2016–2017"


def test_the_box_keeps_filters_but_not_the_page(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=мектеп&source=Көкжар таңы&per_page=1&page=2")
    [form] = page.all(".//search/form")
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert sent == {"q": "мектеп", "source": "Көкжар таңы", "per_page": "1"}


def test_order_and_word_forms(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форумға")
    assert page.texts(".//ul[@aria-labelledby='sorts']//a[@aria-current]") == ["сәйкестігі"]
    oldest = pages.get(page.link("ескісі"))
    days = [one.get("datetime", "") for one in oldest.all(".//time")]
    assert days == sorted(days)
    exact = pages.get(page.link("дәл осы түрі"))
    assert total(exact) < total(page)
    assert chips(exact)[0] == "Тек дәл осы түрі"
    assert {text.lower() for text in exact.texts(".//mark")} <= {"форумға", "forumğa"}
    title = pages.get("/ru/search?q=форум&in=title")
    assert chips(title)[0] == "Только в заголовке"


def test_links_never_carry_what_is_usual_anyway(pages: PageClient) -> None:
    page = pages.get(
        "/kk/search?q=форум&match=smart&in=all&per_page=20&page=1&facets=category,source,year&histogram=year"
    )
    for href in page.hrefs():
        assert not set(parse_qs(urlsplit(href).query)) & {"in", "facets", "histogram", "page", "highlight"}
