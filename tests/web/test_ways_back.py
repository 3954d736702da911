"""What was done with a query is told, with the search that does not do it."""

from page_client import PageClient, Shown, text_of


def ways(page: Shown) -> dict[str, str]:
    """Where the remarks lead, by their words."""
    return {text_of(one): one.get("href", "") for one in page.all(".//ul[@class='remarks']//a[@class='undo']")}


def asked(page: Shown) -> str:
    return page.all(".//search//input[@name='q']")[0].get("value", "")


def test_the_forms_found_are_named_with_the_way_to_the_exact_one(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форумға")
    [forms] = page.texts(".//p[@class='forms']/span")
    assert {"форумы", "форумда", "форумға"} <= set(forms.rstrip(".").partition(": ")[2].split(", "))
    exact = pages.get(page.link("Тек дәл терілген түрі"))
    assert not exact.all(".//p[@class='forms']")
    assert exact.texts(".//div[@class='chips']//a")[0].startswith("Тек дәл осы түрі")


def test_words_of_one_form_need_no_line(pages: PageClient) -> None:
    assert not pages.get("/kk/search?q=bakery").all(".//p[@class='forms']")


def test_an_operator_can_be_a_word_again(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум НЕМЕСЕ театр")
    small = pages.get(ways(page)["Жай сөз ретінде іздеу"])
    assert asked(small) == "форум немесе театр"
    assert "Жай сөз ретінде іздеу" not in ways(small)


def test_stop_words_can_be_required(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум және театр")
    required = pages.get(ways(page)["Бәрі міндетті болсын"])
    assert '"және"' in asked(required)
    assert "Бәрі міндетті болсын" not in ways(required)


def test_where_nothing_was_found_nothing_is_said_of_wider_searches(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум жоқсөз&category=Спорт")
    assert page.texts(".//h1") == ["0 нәтиже"]
    assert not any("кейбірі" in text for text in page.texts(".//ul[@class='remarks']/li"))


def test_lists_go_by_the_alphabet(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=мектеп")
    assert page.texts(".//ul[@aria-labelledby='orders']//a[@aria-current]") in ([], ["саны бойынша"])
    page = pages.get(pages.get("/kk/search").link("әліпби бойынша"))
    names = page.texts(".//section[@aria-labelledby='facet-category']//span[@class='label']")
    assert [name for name in names if name[0].isalpha()] == ["Қоғам", "Құқық", "Мәдениет", "Спорт", "Экономика"]


def test_every_address_of_an_error_has_its_number(pages: PageClient) -> None:
    page = pages.get("/ru/none", 404)
    assert page.texts(".//p[@class='request']") == [f"Номер запроса: {page.headers['X-Request-Id']}"]
