import os

import pytest

from indexer.errors import EmptyInput, InputError
from indexer.inputs import ARCHIVES, INPUTS, walk
from indexer.records import Rejected
from tests.raw_records import read


def write(folder, *names, text="Тақырып\n\nМәтін."):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def names(found):
    return [file.name for file in found.files()]


def test_files_are_found_at_any_depth_and_sorted(tmp_path, spec):
    write(tmp_path, "в.txt", "а/б/г.TXT", "а/а.txt", "к.jsonl", "к.csv", "к.jsonl.gz")
    assert names(walk(spec())) == ["а/а.txt", "а/б/г.TXT", "в.txt", "к.csv", "к.jsonl", "к.jsonl.gz"]


def test_unknown_files_are_listed(tmp_path, spec):
    write(tmp_path, "а.txt", "README.md", "б/сурет.jpg", "в.json", "г.txt.gz", "txt")
    assert walk(spec()).unknown == ["README.md", "txt", "б/сурет.jpg", "в.json", "г.txt.gz"]


def test_hidden_files_and_folders_are_left_aside(tmp_path, spec):
    write(tmp_path, "а.txt", ".б.txt", ".git/в.txt", "г/.д/е.txt")
    found = walk(spec())
    assert names(found) == ["а.txt"]
    assert found.unknown == []


def test_a_hidden_input_is_read_when_it_is_named(tmp_path, spec):
    write(tmp_path, ".мұрағат/а.txt")
    assert names(walk(spec(tmp_path / ".мұрағат"))) == ["а.txt"]


def test_links_that_leave_the_folder_are_skipped(tmp_path, spec):
    write(tmp_path, "сырт/құпия.txt", "іш/а.txt")
    inside = tmp_path / "іш"
    (inside / "сыртқа.txt").symlink_to(tmp_path / "сырт/құпия.txt")
    (inside / "қалта").symlink_to(tmp_path / "сырт")
    (inside / "жоғары").symlink_to(tmp_path)
    (inside / "бос.txt").symlink_to(inside / "жоқ.txt")
    (inside / "айналма.txt").symlink_to(inside / "айналма.txt")
    (inside / "ішке.txt").symlink_to(inside / "а.txt")
    assert names(walk(spec(inside))) == ["а.txt", "ішке.txt"]


def test_the_input_itself_may_be_a_link(tmp_path, spec):
    write(tmp_path, "шын/а.txt")
    (tmp_path / "сілтеме").symlink_to(tmp_path / "шын")
    assert names(walk(spec(tmp_path / "сілтеме"))) == ["а.txt"]


def test_a_pipe_is_not_waited_for(tmp_path, spec):
    write(tmp_path, "а.txt")
    os.mkfifo(tmp_path / "б.txt")
    assert names(walk(spec())) == ["а.txt"]


def test_one_file_may_be_the_input(tmp_path, spec):
    write(tmp_path, "Тасқын.txt", "басқа.txt")
    [record] = read(spec(tmp_path / "Тасқын.txt"))
    assert (record.file, record.values["id"]) == ("Тасқын.txt", "tasqyn")


def test_a_path_that_does_not_exist(tmp_path, spec):
    with pytest.raises(InputError, match="No such file"):
        list(read(spec(tmp_path / "жоқ")))


def test_a_path_that_cannot_be(spec, tmp_path):
    with pytest.raises(InputError):
        walk(spec(tmp_path / "а\0б"))


@pytest.mark.parametrize("files", [(), ("README.md",), (".а.txt",)])
def test_a_folder_without_files_of_a_known_kind(tmp_path, spec, files):
    write(tmp_path, *files)
    with pytest.raises(EmptyInput, match=r"no file that ends in \.csv \.htm \.html \.jsonl \.jsonl\.gz \.tar "):
        walk(spec())


def test_the_suffixes_are_those_of_the_tables():
    kinds = [".csv", ".htm", ".html", ".jsonl", ".jsonl.gz", ".txt", ".warc", ".warc.gz", ".wxr", ".xml"]
    assert sorted(INPUTS) == kinds
    assert sorted(ARCHIVES) == [".tar", ".tar.gz", ".tgz", ".zip"]


def test_the_folder_of_a_saved_page_is_left_alone(tmp_path, spec):
    write(tmp_path, "а.html", "а_files/кадр.html", "б.htm", "б.files/кадр.html", "в_files/г.html", "д/а_files/е.html")
    assert names(walk(spec())) == ["а.html", "б.htm", "в_files/г.html", "д/а_files/е.html"]


def test_a_file_name_that_is_no_text_can_be_shown(tmp_path, spec):
    path = os.fsencode(tmp_path) + b"/\xff\xe0.txt"
    with open(path, "w") as file:  # noqa: PTH123  # pathlib has no names in bytes
        file.write("Тақырып\n\nМәтін.")
    [record] = read(spec())
    assert record.file.encode() == "\ufffd\ufffd.txt".encode()
    assert record.values["id"].isascii()


def test_ids_come_from_paths(tmp_path, spec):
    write(tmp_path, "Көкжар тынысы/2018/ҮЕҰ форумы.txt")
    assert [file.slug for file in walk(spec()).files()] == ["kokzhar-tynysy/2018/ueu-forumy"]


def test_equal_slugs_are_told_apart_and_stay(tmp_path, spec):
    write(tmp_path, "Форум!.txt", "форум.txt", "басқа.txt", "!!!.txt")
    before = {file.name: file.slug for file in walk(spec()).files()}
    assert len(set(before.values())) == 4
    assert before["Форум!.txt"].startswith("forum-")
    assert before["форум.txt"].startswith("forum-")
    assert before["басқа.txt"] == "basqa"
    write(tmp_path, "0.txt", "ФОРУМ.txt")
    after = {file.name: file.slug for file in walk(spec()).files()}
    assert before.items() <= after.items()


def test_a_file_without_read_permission(spec, without_rights):
    write(without_rights, "а.txt", "б.txt", "в.jsonl")
    (without_rights / "а.txt").chmod(0)
    (without_rights / "в.jsonl").chmod(0)
    first, second, third = read(spec(without_rights))
    assert isinstance(first, Rejected)
    assert (first.file, first.line, first.reason) == ("а.txt", 1, "cannot be read: Permission denied")
    assert second.file == "б.txt"
    assert third.reason == "cannot be read: Permission denied"


def test_a_folder_without_read_permission(spec, without_rights):
    write(without_rights, "а.txt", "жабық/б.txt")
    (without_rights / "жабық").chmod(0)
    problem, record = read(spec(without_rights))
    assert (problem.file, problem.reason) == ("жабық", "the folder cannot be read: Permission denied")
    assert record.file == "а.txt"


def test_an_input_without_read_permission(spec, without_rights):
    write(without_rights, "а.txt")
    without_rights.chmod(0)
    with pytest.raises(EmptyInput, match="Permission denied"):
        walk(spec(without_rights))
