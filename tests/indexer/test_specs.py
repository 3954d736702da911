from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.errors import InputError
from indexer.records import InputSpec
from indexer.sources import Feed, Sitemap, Sql, Wordpress
from indexer.specs import field_map, input_specs
from indexer.statement import one_select
from search.errors import SettingsError
from search.settings import Settings


def settings(*inputs, **more):
    return replace(Settings(), inputs=inputs, **more)


def test_paths_of_the_command():
    found = input_specs([Path("а"), Path("б")], settings(timezone="Asia/Oral", source="Сайт", article_bytes=5000))
    assert [spec.path for spec in found] == [Path("а"), Path("б")]
    assert found[0] == InputSpec(Path("а"), found[0].zone, article_bytes=5000, site="Сайт")
    assert found[0].zone.key == "Asia/Oral"


TABLE = {
    "path": "мұрағат/өрлеу",
    "name": "orleu",
    "source": "Өрлеу",
    "lang": "kk",
    "timezone": "Asia/Aqtau",
    "fields": {"nid": "id"},
    "encoding": "cp1251",
}


def test_tables_of_the_settings():
    [spec] = input_specs([], settings(TABLE, fields="headline=title, nid = url"))
    assert (spec.path, spec.name, spec.source, spec.lang) == (Path("мұрағат/өрлеу"), "orleu", "Өрлеу", "kk")
    assert (spec.zone.key, spec.encoding) == ("Asia/Aqtau", "cp1251")
    assert spec.fields == {"headline": "title", "nid": "id"}


def test_a_named_path_is_read_as_its_table_says():
    first, second = input_specs([Path.cwd() / "мұрағат/өрлеу", Path("б")], settings(TABLE))
    assert (first.name, second.name) == ("orleu", "")


def test_a_table_from_a_file(tmp_path):
    config = tmp_path / "izde.toml"
    config.write_text('[[input]]\npath = "а"\n[[input]]\npath = "б"\nfields = { nid = "id" }\n', "utf-8")
    assert [spec.fields for spec in input_specs([], Settings.load({}, config))] == [{}, {"nid": "id"}]


def test_a_path_counts_once():
    assert len(input_specs([Path("а"), Path("./а"), Path("а/")], settings())) == 1


def test_without_any_input():
    with pytest.raises(InputError, match="no input"):
        input_specs([], settings())


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"path": "а", "timezon": "x"}, r"\[\[input\]\] 1: unknown key 'timezon'; did you mean 'timezone'\?"),
        ({"path": "а", "zzz": 1}, "unknown key 'zzz'; there are path, encoding, kind, name"),
        ({"name": "а"}, "path is missing"),
        ({"path": 5}, "path = 5 must be text"),
        ({"path": ""}, "path = '' must be text"),
        ({"path": "а", "name": "а/б"}, "no space and no slash"),
        ({"path": "а", "name": "а б"}, "no space and no slash"),
        ({"path": "а", "timezone": "Almaty"}, r"\[\[input\]\] 1: timezone: 'Almaty' is no time zone"),
        ({"path": "а", "encoding": "cp-1251-kz"}, "encoding = 'cp-1251-kz' is not known"),
        ({"path": "а", "encoding": "hex"}, "encoding = 'hex' is not known"),
        ({"path": "а", "fields": "x=title"}, "fields: 'x=title' must be a table"),
        ({"path": "а", "fields": {"x": "titel"}}, "x = 'titel' is no field of an article; did you mean 'title'?"),
        ({"path": "а", "fields": {"x": 5}}, "x = 5 is no field"),
        ("path", "inputs are tables"),
    ],
)
def test_tables_that_cannot_be(table, message):
    with pytest.raises(SettingsError, match=message):
        input_specs([], settings(table))


def test_a_wrong_table_is_told_even_when_paths_are_named():
    with pytest.raises(SettingsError):
        input_specs([Path("а")], settings({"path": "б", "nme": "x"}))


def test_a_name_stands_once():
    with pytest.raises(SettingsError, match="'x' stands twice"):
        input_specs([], settings({"path": "а", "name": "x"}, {"path": "б", "name": "x"}))


def test_the_field_map_of_the_site():
    assert field_map("") == {}
    assert field_map("a=title,b = body,") == {"a": "title", "b": "body"}
    for text in ("title", "=title", "a=titel"):
        with pytest.raises(SettingsError, match="fields"):
            field_map(text)


def fetched(kind="sitemap", **keys):
    address = {} if kind == "sql" else {"address": "https://gazet.example/x"}
    return {"kind": kind, "name": "g", **address, **keys}


def test_inputs_that_are_fetched():
    tables = (
        fetched("sql", name="a", database="sqlite:///x.db", query="SELECT 1;", column="c", full_every="2d"),
        fetched("feed", name="b", pages=True, delay_s=0.5, hosts="www.gazet.example"),
        fetched("sitemap", name="c", match="*/a/*", skip=["*.pdf", "*.jpg"], revisit="2h"),
        fetched("wordpress", name="d", rights="link", source="Газет", fields={"x": "title"}),
    )
    specs = input_specs([], settings(*tables, harvest=Path("h")))
    assert [spec.path for spec in specs] == [Path("h/a.db"), Path("h/b.db"), Path("h/c.db"), Path("h/d.db")]
    address = "https://gazet.example/x"
    assert [spec.fetched for spec in specs] == [
        Sql("SELECT 1", "sqlite:///x.db", column="c", full_every_s=2 * 86_400),
        Feed(address, ("www.gazet.example",), 0.5, pages=True, revisit_s=30 * 86_400),
        Sitemap(address, match=("*/a/*",), skip=("*.pdf", "*.jpg"), revisit_s=7200),
        Wordpress(address, full_every_s=7 * 86_400),
    ]
    assert (specs[3].rights, specs[3].source, specs[3].fields) == ("link", "Газет", {"x": "title"})
    assert specs[0].rights == "full"


def test_a_fetched_input_is_named_by_its_name():
    [spec] = input_specs([Path("g")], settings(fetched()))
    assert spec.fetched == Sitemap("https://gazet.example/x", revisit_s=30 * 86_400)


def test_what_decides_which_articles_there_are_is_told_by_the_identity():
    plain = fetched(skip="*.pdf")
    same, other = fetched(skip="*.pdf", delay_s=5, revisit="1d"), fetched(skip="*.jpg")
    first, second, third = (input_specs([], settings(one))[0].fetched.identity() for one in (plain, same, other))
    assert first == second != third


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (fetched("sitemaps"), "kind = 'sitemaps'; did you mean 'sitemap'?"),
        (fetched("zzz"), "kind = 'zzz'; there are files, sql, feed, sitemap, wordpress"),
        (fetched(pages=True), "unknown key 'pages'"),
        (fetched(pth="a"), "unknown key 'pth'"),
        (fetched(matsh="a"), r"unknown key 'matsh'; did you mean 'match'\?"),
        (fetched(path="a"), "unknown key 'path'"),
        ({"path": "a", "address": "https://a/"}, "unknown key 'address'"),
        ({"kind": "sitemap", "address": "https://gazet.example/x"}, "name is missing"),
        ({"kind": "sitemap", "name": "g"}, "address is missing"),
        (fetched(address="gazet.example"), "must be an address such as"),
        (fetched(address="file:///etc/passwd"), "must be an address such as"),
        (fetched(address="https://user:secret@gazet.example/"), "without a password in it"),
        (fetched(hosts="https://www.gazet.example"), "is no name of a host"),
        (fetched(hosts=[5]), "must be text or a list of texts"),
        (fetched(delay_s=-1), "must be a number from 0 to 3600"),
        (fetched(delay_s=True), "must be a number"),
        (fetched(delay_s="1"), "must be a number"),
        (fetched(revisit="often"), "is no length of time"),
        (fetched("feed", pages="yes"), "must be true or false"),
        (fetched("sql", query="SELECT 1"), "give either database"),
        (fetched("sql", query="SELECT 1", database="a", database_env="b"), "give either database"),
        (fetched("sql", database="sqlite:///a"), "query is missing"),
        (fetched("sql", database="sqlite:///a", query="DROP TABLE a"), "must be one SELECT"),
        (fetched("sql", database="sqlite:///a", query="SELECT 1; SELECT 2"), "must be one SELECT"),
        (fetched(rights="links"), "rights = 'links'; did you mean 'link'?"),
        (fetched(embargo="soon"), "neither a date, such as 2026-12-01, nor days, such as 7d"),
        (fetched(embargo="2026-02-31"), "neither a date"),
        (fetched(embargo=7), "neither a date"),
        (fetched(embargo=datetime(2026, 1, 1, tzinfo=UTC)), "neither a date"),
    ],
)
def test_tables_of_fetched_inputs_that_cannot_be(table, message):
    with pytest.raises(SettingsError, match=message):
        input_specs([], settings(table))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1",
        " -- all\n(select a from b) ;",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "SELECT ';' AS \"a;b\" /* ; */ FROM t -- ;",
        "SELECT $a$;$a$, $$ ; $$",
        "SELECT 'it''s; -- no comment'",
    ],
)
def test_one_select(query):
    assert one_select(query)


@pytest.mark.parametrize(
    "query",
    [
        "", ";", "UPDATE a SET b = 1", "SELECT 1; DELETE FROM a", "selection", "-- SELECT 1", "/* SELECT 1 */",
        "SELECT '1' ; -- a\nDROP TABLE a",
    ],
)  # fmt: skip
def test_more_or_less_than_one_select(query):
    assert one_select(query) == ""
