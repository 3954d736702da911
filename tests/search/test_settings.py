from pathlib import Path

import pytest

from search.errors import SettingsError
from search.settings import Settings, setting_fields


def test_defaults_are_within_their_limits():
    settings = Settings()
    for item in setting_fields():
        if item.metadata["min"] is not None:
            assert item.metadata["min"] <= getattr(settings, item.name) <= item.metadata["max"]
    assert settings.zone.key == "Asia/Almaty"
    assert settings.language_list == ("kk", "ru", "en")


def test_environment_over_file_over_default(tmp_path):
    config = tmp_path / "izde.toml"
    config.write_text('per_page = 30\nwindow = 500\nindex = "мұрағат"\n[[input]]\npath = "a"\n', "utf-8")
    settings, sources = Settings.load_with_sources({"IZDE_PER_PAGE": "50", "IZDE_CONFIG": str(config)})
    assert (settings.per_page, settings.window, settings.index) == (50, 500, Path("мұрағат"))
    assert (sources["per_page"], sources["window"], sources["keep"]) == ("IZDE_PER_PAGE", str(config), "default")
    assert settings.inputs == ({"path": "a"},)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"IZDE_PER_PAGE": "0"}, "IZDE_PER_PAGE"),
        ({"IZDE_PER_PAGE": "көп"}, "IZDE_PER_PAGE"),
        ({"IZDE_PER_PAGE": ""}, "IZDE_PER_PAGE"),
        ({"IZDE_TIMEZONE": "Asia/Nowhere"}, "Asia/Nowhere"),
        ({"IZDE_TIMEZONE": "../../etc/passwd"}, "timezone"),
        ({"IZDE_CONFIG": "/nonexistent/izde.toml"}, "/nonexistent/izde.toml"),
    ],
)
def test_what_cannot_be_is_named(environ, named):
    with pytest.raises(SettingsError, match=named):
        Settings.load(environ)


@pytest.mark.parametrize(
    "text", ["unknown_thing = 1", "per_page = true", "index = 5", "per_page = [1]", "not toml", "\xff"]
)
def test_a_bad_file_is_named(tmp_path, text):
    config = tmp_path / "izde.toml"
    config.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"izde\.toml"):
        Settings.load({}, config)


def test_the_nearest_name_is_told_of_a_typo(tmp_path):
    config = tmp_path / "izde.toml"
    config.write_text('rate_limitt = "12/minute"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"unknown setting 'rate_limitt'; did you mean 'rate_limit'\?$"):
        Settings.load({}, config)
    config.write_text("zzz = 1\n", "utf-8")
    with pytest.raises(SettingsError, match="unknown setting 'zzz'; `izde settings` lists all"):
        Settings.load({}, config)


def test_every_setting_has_help():
    for item in setting_fields():
        assert len(item.metadata["help"]) > 10


def test_a_facet_of_the_site_that_cannot_be_is_named_where_it_stands(tmp_path):
    config = tmp_path / "izde.toml"
    config.write_text('facets = "Аймақ"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"izde\.toml: facets: 'Аймақ'"):
        Settings.load({}, config)
    with pytest.raises(SettingsError, match="IZDE_FACETS: 'sort'"):
        Settings.load({"IZDE_FACETS": "region=Аймақ,sort"}, config)
    assert Settings.load({"IZDE_FACETS": "region=Аймақ"}).facets == "region=Аймақ"
