import json
from multiprocessing import active_children

import pytest

from indexer import finishing
from indexer import survey as first_pass
from indexer.errors import EmptyInput, InputError
from indexer.reading import articles
from indexer.records import Cleaned, Rejected, Superseded
from indexer.survey import survey


def write(folder, name, *records):
    folder.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")


def record(name, title="Тақырып", **more):
    return {"id": name, "title": title, "body": f"Ауылда {title} туралы жиын өтті."} | more


def test_articles_and_rejections_in_the_order_of_the_files(tmp_path, spec):
    write(tmp_path, "б.jsonl", record("1"), {"id": "2"}, record("3"))
    (tmp_path / "а.txt").write_text("Ашылу\n\nҚоғам\n16.10.2018\n\nКітапхана ашылды.\n\nPhotoRoom\n", "utf-8")
    first, second, third, fourth = articles([spec()])
    assert (first.article.id, first.article.body, first.article.lang) == ("a", "Кітапхана ашылды.", "kk")
    assert first.remarks == ("not part of the article: 'PhotoRoom'",)
    assert second.article.id == "1"
    assert (type(third), third.id, third.line) == (Rejected, "2", 2)
    assert fourth.article.id == "3"


def test_the_last_of_two_records_wins_and_the_other_is_reported(tmp_path, spec):
    write(tmp_path, "а.jsonl", record("1", "Ескі"), record("2"), record("1", "Орта"))
    write(tmp_path, "б.jsonl", record("1", "Жаңа"))
    found = list(articles([spec()]))
    assert [type(item) for item in found] == [Superseded, Cleaned, Superseded, Cleaned]
    assert (found[0].id, found[0].line) == ("1", 1)
    assert found[0].reason == "the same id stands again in б.jsonl:1; the last one counts"
    assert found[3].article.title == "Жаңа"


def test_a_rejected_record_does_not_replace_a_good_one(tmp_path, spec):
    write(tmp_path, "а.jsonl", record("1", "Жақсы"), {"id": "1", "title": ""})
    good, bad = articles([spec()])
    assert good.article.title == "Жақсы"
    assert type(bad) is Rejected


def test_ids_get_the_name_of_their_input_when_there_are_several(tmp_path, spec):
    write(tmp_path / "а", "а.jsonl", record("1"), {"id": "9"})
    write(tmp_path / "б", "б.jsonl", record("1"))
    specs = [spec(tmp_path / "а", name="orleu"), spec(tmp_path / "б", name="arai")]
    first, bad, second = articles(specs)
    assert (first.article.id, bad.id, second.article.id) == ("orleu/1", "orleu/9", "arai/1")
    assert (first.input, bad.input) == ("orleu", "orleu")
    assert next(articles(specs[:1])).article.id == "1"


def test_without_names_the_last_input_wins(tmp_path, spec):
    write(tmp_path / "а", "а.jsonl", record("1"), record("2"))
    write(tmp_path / "б", "б.jsonl", record("1"))
    first, *others = articles([spec(tmp_path / "а"), spec(tmp_path / "б")])
    assert isinstance(first, Superseded)
    assert f"input {tmp_path / 'б'}, б.jsonl:1" in first.reason
    assert [item.article.id for item in others] == ["2", "1"]


def test_boilerplate_is_counted_by_source(tmp_path, spec):
    note = "Материалды көшіріп басқанда сілтеме жасау міндетті."
    write(tmp_path, "а.jsonl", *(record(n, source="Өрлеу", body=f"Жаңалық {n}.\n\n{note}") for n in range(10)))
    write(tmp_path, "б.jsonl", record("x", source="Арай", body=f"Жаңалық.\n\n{note}"))
    *many, other = articles([spec()])
    assert {item.article.body for item in many} == {f"Жаңалық {n}." for n in range(10)}
    assert all(item.remarks == (f"not part of the article: {note[:60]!r}",) for item in many)
    assert note in other.article.body


def test_the_survey_counts_and_lists_what_is_skipped(tmp_path, spec):
    write(tmp_path, "а.jsonl", record("1"), {"id": "2"}, record("1"))
    write(tmp_path, "оқы.md")
    found = survey([spec(name="orleu")])
    assert (len(found.records), found.skipped) == (3, {"orleu": ("оқы.md",)})
    assert len(list(articles([spec(name="orleu")], found))) == 3


def test_a_missing_input_stops_before_anything_is_given(tmp_path, spec):
    write(tmp_path / "а", "а.jsonl", record("1"))
    with pytest.raises(InputError):
        next(articles([spec(tmp_path / "а"), spec(tmp_path / "жоқ")]))


def test_an_input_that_gives_no_article_is_empty_and_says_why(tmp_path, spec):
    write(tmp_path / "а", "а.jsonl", record("1"))
    write(tmp_path / "б", "б.jsonl", {"id": "1"}, {"title": "Ашылу"})
    with pytest.raises(EmptyInput, match=r"no article could be read; б\.jsonl:1: no title and no body"):
        next(articles([spec(tmp_path / "а"), spec(tmp_path / "б")]))
    write(tmp_path / "в", "в.jsonl")
    with pytest.raises(EmptyInput, match=r"в\.jsonl:1: empty file"):
        next(articles([spec(tmp_path / "в")]))


def test_what_the_first_pass_read_is_given_whatever_became_of_the_files(tmp_path, spec):
    write(tmp_path, "а.jsonl", record("1"))
    write(tmp_path, "б.jsonl", record("2"))
    found = survey([spec()])
    (tmp_path / "а.jsonl").unlink()
    write(tmp_path, "б.jsonl", record("3"), record("3"))
    assert [item.article.id for item in articles([spec()], found)] == ["1", "2"]


@pytest.mark.parametrize("processes", [2, 3])
def test_processes_give_the_same(tmp_path, spec, monkeypatch, processes):
    last = "Жазылыңыз және досыңызға айтыңыз."
    for name in ("а", "б"):
        body = "мектеп ашылды. Ол ауылда үш жыл салынды."
        records = [record(f"{n % 90}{name}", body=f"{n} {body}\n\n{last}", source=name) for n in range(100)]
        write(tmp_path / name, "а.jsonl", *records, {"id": "жаман"}, record("ru", body="В школе учатся дети."))
    specs = [spec(tmp_path / name, name=name) for name in ("а", "б")]
    alone = list(articles(specs, survey(specs, processes=1)))
    monkeypatch.setattr(first_pass, "_MANY", 10)
    for one in (first_pass, finishing):
        monkeypatch.setattr(one, "CHUNK", 7)
    found = survey(specs, tmp_path, processes)
    assert len(active_children()) == processes
    assert list(articles(specs, found)) == alone
    assert not active_children()
    assert {type(item) for item in alone} == {Cleaned, Rejected, Superseded}
    assert not any(last in item.article.body for item in alone if isinstance(item, Cleaned))
    assert sorted(tmp_path.iterdir()) == [tmp_path / "а", tmp_path / "б"]


def test_no_process_is_left_where_the_first_pass_fails(tmp_path, spec, monkeypatch):
    monkeypatch.setattr(first_pass, "_MANY", 1)
    write(tmp_path, "а.jsonl", {"id": "1"}, {"id": "2"})
    with pytest.raises(EmptyInput):
        survey([spec()], processes=2)
    assert not active_children()


def test_no_process_is_left_where_the_second_pass_is_given_up(tmp_path, spec, monkeypatch):
    monkeypatch.setattr(first_pass, "_MANY", 1)
    write(tmp_path, "а.jsonl", *(record(str(n)) for n in range(300)))
    some = articles([spec()], survey([spec()], processes=2))
    next(some)
    some.close()
    assert not active_children()
