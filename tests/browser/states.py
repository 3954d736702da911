"""Every state of the pages over the small index, by name: what tests of their look go through."""

STATES = {
    "home": "/{}/",
    "results": "/{}/search?q=форум",
    "filtered": "/{}/search?q=мектеп&category=Қоғам&category=-Спорт&source=Ел үні&date_from=2016&date_to=2021",
    "exact": "/{}/search?q=форумы&match=exact&in=title",
    "everything": "/{}/search?per_page=5&page=3&facet_limit=100",
    "month": "/{}/search?q=мектеп&date_from=2021-04-01&date_to=2021-04-30",
    "nothing": "/{}/search?q=жоқсөз&category=Спорт",
    "problems": "/{}/search?q=форум&date_from=31.02.2018&sort=zzz",
    "long word": "/{}/search?q=" + "Ұ" * 500,
    "too long": "/{}/search?q=" + "щ" * 501,
    "article": "/{}/article/a04?q=форум",
    "töte jazu": "/{}/article/arab-1?q=مەكتەپ",
    "latin": "/{}/article/latin/1?q=форум",
    "awkward": "/{}/article/belgi?q=сынақ",
    "without a date": "/{}/article/kunsiz",
    "no article": "/{}/article/none",
    "no page": "/{}/форум-туралы",
    "help": "/{}/help",
    "advanced": "/{}/advanced",
    "api": "/{}/api",
    "privacy": "/{}/privacy",
}
FEW = ("home", "filtered", "article", "nothing", "no page")
LANGUAGES = ("kk", "ru", "en")
THEMES = ("light", "dark")
WIDTHS = (320, 768, 1280)
