"""`explain=1`: the parts of each score, as shown, add up to the score that is shown."""

import pytest

from search.ranking import LOWERED, PARTS


@pytest.mark.parametrize("q", ["форум", "форумға келген қонақтар", '"су тасқыны" қаупі', "forum мектеп ҮЕҰ"])
def test_parts_add_up_to_the_score(api, q):
    answer = api.search({"q": q, "explain": "1", "per_page": 100})
    assert answer["results"]
    for hit in answer["results"]:
        assert tuple(hit["explanation"]) == (*PARTS, LOWERED)
        assert sum(hit["explanation"].values()) == pytest.approx(hit["score"], abs=1e-9)
        assert hit["explanation"]["stem"] > 0
        assert hit["explanation"][LOWERED] <= 0
    assert "explain=1" in answer["links"]["self"]


def test_asking_changes_no_score(api):
    given = {"q": "форумға келген қонақтар", "per_page": 100}
    plain = api.search(given)["results"]
    assert all("explanation" not in hit for hit in plain)
    explained = api.search({**given, "explain": "1"})["results"]
    assert [(hit["id"], hit["score"]) for hit in explained] == [(hit["id"], hit["score"]) for hit in plain]


@pytest.mark.parametrize("given", [{"q": "форум", "sort": "newest"}, {"q": ""}])
def test_only_scores_are_explained(api, given):
    hits = api.search({**given, "explain": "1"})["results"]
    assert hits
    assert all("explanation" not in hit for hit in hits)


def test_other_values_are_refused(api):
    assert api.refused({"explain": "yes"}) == [("explain", "bad-value", None)]
