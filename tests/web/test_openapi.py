import json
import re

import pytest
from api_client import DESCRIPTION, ApiClient
from openapi_spec_validator import validate

from search.facets import FACETS
from web.api import ENDS, PREFIX
from web.param_table import search_params


def test_the_description_is_valid_openapi(api):
    validate(api.description)
    assert api.description["openapi"].startswith("3.1")


def test_every_route_of_the_api_is_described(app, api):
    described = {re.sub(r"\{.*?\}", "<>", path) for path in api.description["paths"]}
    rules = {re.sub(r"<.*?>", "<>", rule.rule) for rule in app.url_map.iter_rules()}
    routes = {rule for rule in rules if rule.startswith(PREFIX)} - {DESCRIPTION, f"{PREFIX}/docs"}
    assert routes | {"/healthz", "/readyz"} == described
    assert len(ENDS) == len(described) - 2


def test_every_parameter_is_described_with_its_limits(api, settings):
    described = {item["name"]: item for item in api.description["paths"][f"{PREFIX}/search"]["get"]["parameters"]}
    assert set(described) == set(search_params(settings))
    assert set(FACETS) < set(described)
    assert all(item["description"] for item in described.values())
    assert described["q"]["schema"]["maxLength"] == 500
    assert (described["per_page"]["schema"]["minimum"], described["per_page"]["schema"]["maximum"]) == (1, 100)
    assert described["match"]["schema"]["enum"] == ["smart", "exact", "fuzzy"]


def test_defaults_that_are_described_are_right_values(api):
    described = api.description["paths"][f"{PREFIX}/search"]["get"]["parameters"]
    given = {}
    for item in described:
        default = item["schema"].get("default")
        if default is not None:
            given[item["name"]] = ",".join(default) if isinstance(default, list) else default
    assert api.search(given)["links"]["self"] == api.search(given | {"page": 1})["links"]["self"]


@pytest.mark.parametrize("name", ["match", "in", "sort", "histogram", "highlight"])
def test_every_choice_that_is_described_is_taken(api, name):
    (item,) = (p for p in api.description["paths"][f"{PREFIX}/search"]["get"]["parameters"] if p["name"] == name)
    for choice in item["schema"]["enum"]:
        api.search({"q": "форум", name: choice})


def test_the_description_follows_the_settings(index_folder, app_with):
    api = ApiClient(app_with(index=index_folder, max_query_chars=40, per_page=5, site_name="Көкжар мұрағаты"))
    validate(api.description)
    described = {item["name"]: item for item in api.description["paths"][f"{PREFIX}/search"]["get"]["parameters"]}
    assert described["q"]["schema"]["maxLength"] == 40
    assert described["per_page"]["schema"]["default"] == 5
    assert api.description["info"]["title"] == "Көкжар мұрағаты"
    assert api.search()["per_page"] == 5


def test_the_description_names_the_server_that_was_asked(app):
    client = app.test_client()
    answer = client.get(DESCRIPTION, base_url="https://izde.example")
    assert json.loads(answer.data)["servers"] == [{"url": "https://izde.example"}]
