from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import InputError
from indexer.records import InputSpec
from indexer.specs import field_map, input_specs
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
