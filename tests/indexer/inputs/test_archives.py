"""ZIP and TAR archives, good ones and crafted ones, by the writers of the standard library or byte by byte."""

import gzip
import io
import os
import stat
import struct
import tarfile
import tempfile
import time
import zipfile

import pytest

from indexer.inputs import archives, walk
from indexer.records import RawRecord, Rejected
from tests.raw_records import read

TEXT = "Мектеп ашылды\n\nБілім\n05.03.2024\n\nАралда жаңа мектеп ашылды."
GOOD = {
    "дала/2019/мектеп.txt": TEXT,
    "дала/а.jsonl": '{"id": 1, "title": "Бір"}\n{"id": 2',
    "б.csv": "id,title\n3,Үш\n",
    "в.html": "<title>Бет</title><p>Мектеп ашылды.</p>",
    "г.jsonl.gz": gzip.compress('{"id": 4, "title": "Төрт"}'.encode()),
}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files, mode="w:", form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:
        for name, content in files.items():
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            data = content if isinstance(content, bytes) else content.encode()
            info.size = info.size or len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


MAKERS = {
    "а.zip": zipped,
    "а.tar": tarred,
    "а.tar.gz": lambda files: tarred(files, "w:gz"),
    "а.tgz": lambda files: tarred(files, "w:gz", tarfile.GNU_FORMAT),
}


@pytest.fixture
def read_archive(tmp_path, spec):
    """Reads an archive that lies in a folder of its own; nothing else may be written anywhere near it."""

    def of(data, name="а.zip"):
        folder = tmp_path / "кіріс"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        (folder / name).write_bytes(data)
        found = list(read(spec(folder)))
        assert [path.name for path in folder.iterdir()] == [name]
        assert list(tmp_path.iterdir()) == [folder]
        return found

    return of


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory, monkeypatch):
    """Is empty again after every archive."""
    folder = tmp_path_factory.mktemp("уақытша")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", MAKERS)
def test_members_are_read_as_if_they_lay_in_a_folder(read_archive, name):
    found = read_archive(MAKERS[name](GOOD), name)
    files = [(one.file, one.line, isinstance(one, RawRecord)) for one in found]
    assert files == [
        (f"{name}/дала/2019/мектеп.txt", 1, True),
        (f"{name}/дала/а.jsonl", 1, True),
        (f"{name}/дала/а.jsonl", 2, False),
        (f"{name}/б.csv", 2, True),
        (f"{name}/в.html", 1, True),
        (f"{name}/г.jsonl.gz", 1, True),
    ]
    text = found[0].values
    assert (text["id"].split("/", 1)[1], text["source"], text["category"]) == ("dala/2019/mektep", "дала", "Білім")
    assert [one.values["title"] for one in found[3:]] == ["Үш", "Бет", "Төрт"]


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_left_aside_without_a_word(tmp_path, spec, name):
    files = {"а.txt": TEXT, ".б.txt": TEXT, "__MACOSX/а.txt": TEXT, "в/.г/д.txt": TEXT, "е.html": "<p>Мәтін"}
    files |= {"е_files/кадр.html": "<p>кадр", "ж_files/з.html": "<p>Мәтін", "сурет.jpg": b"\xff"}
    (tmp_path / name).write_bytes(MAKERS[name](files))
    found = walk(spec())
    assert [one.file for one in read(spec(), found)] == [
        f"{name}/{one}" for one in ("а.txt", "е.html", "ж_files/з.html")
    ]
    assert found.unknown == [f"{name}/сурет.jpg"]


@pytest.mark.parametrize("name", MAKERS)
def test_equal_slugs_are_told_apart(read_archive, name):
    ids = [one.values["id"] for one in read_archive(MAKERS[name]({"а!.txt": TEXT, "а.txt": TEXT, "б.txt": TEXT}), name)]
    assert len(set(ids)) == 3
    assert ids[2].endswith("/b")


BAD_NAMES = {
    "../а.txt": "leads out",
    "б/../../а.txt": "leads out",
    "б/..": "leads out",
    "/etc/а.txt": "absolute",
    "//сервер/а.txt": "absolute",
    "C:/а.txt": "absolute",
    "c:а.txt": "absolute",
    "б.zip": "an archive in an archive",
    "б.tar.gz": "an archive in an archive",
    "б/в.TGZ": "an archive in an archive",
    "б.rar": "an archive in an archive",
    "б.txt.gz": "an archive in an archive",
    "а" * 400 + "/" + "б" * 700 + ".txt": "a name that no file has",
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("bad", BAD_NAMES, ids=lambda bad: bad[:12])
def test_names_that_are_not_followed(read_archive, name, bad):
    found = read_archive(MAKERS[name]({"1.txt": TEXT, bad: TEXT, "2.txt": TEXT}), name)
    [problem] = [one for one in found if isinstance(one, Rejected)]
    assert (problem.file, problem.line) == (name, 2)
    assert BAD_NAMES[bad] in problem.reason
    assert [one.file for one in found if isinstance(one, RawRecord)] == [f"{name}/1.txt", f"{name}/2.txt"]


@pytest.mark.parametrize("bad", [r"..\а.txt", r"б\..\..\а.txt", r"\windows\а.txt", r"C:\а.txt"])
def test_names_as_windows_writes_them(read_archive, bad):
    [problem] = read_archive(zipped({bad: TEXT}))[:1]
    assert "leads out" in problem.reason or "absolute" in problem.reason


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", MAKERS)
def test_names_that_stand_twice(read_archive, name):
    two = io.BytesIO()
    if name == "а.zip":
        with zipfile.ZipFile(two, "w") as archive:
            for content in (TEXT, "Басқа\n\nМәтін.", TEXT):
                archive.writestr("а.txt" if content != TEXT or not archive.namelist() else "б.txt", content)
    else:
        with tarfile.open(fileobj=two, mode="w:gz" if "gz" in name else "w:") as archive:
            for member in ("а.txt", "а.txt", "б.txt"):
                info = tarfile.TarInfo(member)
                info.size = len(TEXT.encode())
                archive.addfile(info, io.BytesIO(TEXT.encode()))
    first, second, good = read_archive(two.getvalue(), name)
    assert ["stands twice" in one.reason for one in (first, second)] == [True, True]
    assert good.file == f"{name}/б.txt"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "a link"),
        (tarfile.LNKTYPE, "a link"),
        (tarfile.CHRTYPE, "a device"),
        (tarfile.BLKTYPE, "a device"),
        (tarfile.FIFOTYPE, "a pipe"),
        (tarfile.GNUTYPE_SPARSE, "a sparse file"),
        (b"Z", "a special file"),
    ],
)
def test_members_of_tar_that_are_no_files(read_archive, kind, reason):
    info = tarfile.TarInfo("а.txt")
    info.type, info.linkname = kind, "/etc/passwd"
    bad, good = read_archive(tarred({info: b"", "б.txt": TEXT}), "а.tar")
    assert reason in bad.reason
    assert good.values["title"] == "Мектеп ашылды"


@pytest.mark.parametrize(("mode", "reason"), [(stat.S_IFLNK, "a link"), (stat.S_IFIFO, "a special file")])
def test_members_of_zip_that_are_no_files(read_archive, mode, reason):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("а.txt")
        info.create_system, info.external_attr = 3, (mode | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    [bad] = read_archive(out.getvalue())
    assert reason in bad.reason


def test_encrypted_and_strangely_packed_members(read_archive):
    data = bytearray(zipped({"а.txt": TEXT, "б.txt": TEXT, "в.txt": TEXT}))
    first, second, _ = centrals(data)
    data[first + 8] |= 1
    data[second + 10] = 97
    encrypted, strange, good = read_archive(bytes(data))
    assert "encrypted" in encrypted.reason
    assert "packed by a method that is not read (number 97)" in strange.reason
    assert good.values["title"] == "Мектеп ашылды"


def centrals(data):
    return [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]


def test_a_damaged_member_costs_itself_alone(read_archive):
    data = bytearray(zipped({f"{n}.txt": f"{TEXT} {n}" for n in range(3)}))
    start = data.index(b"1.txt") + 5
    data[start + 20 : start + 24] = b"\0\xff\0\xff"
    found = read_archive(bytes(data))
    assert [isinstance(one, RawRecord) for one in found] == [True, False, True]
    assert found[1].reason.startswith("'1.txt': damaged")


@pytest.mark.parametrize("name", ["а.tar", "а.tar.gz"])
def test_tar_that_is_cut_short_gives_what_is_before(read_archive, name):
    data = tarred({f"{n}.txt": TEXT + os.urandom(2000).hex() for n in range(4)})
    data = data[: len(data) * 2 // 5]
    found = read_archive(gzip.compress(data) if "gz" in name else data, name)
    assert [one.file for one in found if isinstance(one, RawRecord)] == [f"{name}/0.txt", f"{name}/1.txt"]
    assert all("cut short" in one.reason for one in found if isinstance(one, Rejected))


def test_gzip_that_is_cut_short(read_archive):
    data = tarred({f"{n}.txt": TEXT + os.urandom(20_000).hex() for n in range(4)}, "w:gz")
    found = read_archive(data[: len(data) // 2], "а.tgz")
    assert any("damaged after" in one.reason for one in found if isinstance(one, Rejected))
    assert any(isinstance(one, RawRecord) for one in found)


def header(name=b"a.txt", size=b"00000000000", kind=b"0"):
    block = bytearray(512)
    block[: len(name)] = name
    block[124 : 124 + len(size)] = size
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b" " * 8
    block[148:155] = b"%06o\0" % sum(block)
    return bytes(block)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file (0 bytes)"),
        (b"PK nothing", "no TAR archive, or damaged after 0 members"),
        (b"\xff" * 2048, "no TAR archive, or damaged after 0 members"),
        (header()[:-1] + b"x", "a header without its checksum"),
        (header(kind=b"L", size=b"77777777777") + b"a" * 4096, "a name or a header of 8,589,934,591 bytes"),
        (header(kind=b"x", size=b"\x80" + b"\xff" * 11) + b"a" * 4096, "a name or a header of"),
        (header(kind=b"x", size=b"00000000012") + b"9 path".ljust(512, b"\0"), "a broken pax header"),
        (header(kind=b"x", size=b"00000000014") + b"12 size=-1\n".ljust(512, b"\0"), "a broken pax header"),
        (
            header(kind=b"x", size=b"00000000013") + b"11 size=-1\n".ljust(512, b"\0") + header(),
            "a size that is no number",
        ),
        (header(size=b"\x80" + b"\xff" * 11) + b"a" * 4096, "it is cut short"),
        (header(size=b"0000zz00000") + b"a" * 4096, "no number where one belongs"),
        (header(size=b"00000001000") + b"a" * 100, "it is cut short"),
        (header(kind=b"S")[:-1] + b"\0" + b"a" * 100, "it is cut short"),
    ],
)
def test_crafted_tar(read_archive, data, reason):
    found = read_archive(data, "а.tar")
    assert any(reason in one.reason for one in found), found


def end(count, length, offset=0):
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, offset, 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no ZIP archive"),
        (b"hello" * 100, "no ZIP archive"),
        (zipped(GOOD)[:-30], "no ZIP archive"),
        (zipped(GOOD)[:-1], "no ZIP archive"),
        (end(1, 46), "no ZIP archive"),
        (end(0xFFFE, 0xFFFFFFF0), "no ZIP archive"),
        (b"PK\x01\x02" * 200_000 + end(3, 800_000), "more members than an archive may have (100,000)"),
        (b"\0" * 40_000_000 + end(3, 40_000_000), "the list of members takes more than 32,000,000 bytes"),
    ],
)
def test_crafted_zip(read_archive, data, reason):
    start = time.process_time()
    [bad] = read_archive(data)
    assert time.process_time() - start < 2
    assert reason in bad.reason


@pytest.mark.parametrize("name", MAKERS)
def test_more_members_than_there_may_be(read_archive, monkeypatch, name):
    for module in ("zip_files", "tar_files"):
        monkeypatch.setattr(f"indexer.inputs.{module}.MOST_MEMBERS", 50)
    [bad] = read_archive(MAKERS[name]({f"{n}.txt": TEXT for n in range(51)}), name)
    assert "more members than an archive may have (50)" in bad.reason
    assert len(read_archive(MAKERS[name]({f"{n}.txt": TEXT for n in range(50)}), name)) == 50


@pytest.mark.parametrize("name", MAKERS)
def test_a_member_that_is_too_large(read_archive, monkeypatch, name):
    monkeypatch.setattr(archives, "MOST_MEMBER_BYTES", 1000)
    bad, good = read_archive(MAKERS[name]({"а.txt": b"a" * 1001, "б.txt": TEXT}), name)
    assert "larger than a member may be (1,000 bytes)" in bad.reason
    assert good.values["title"] == "Мектеп ашылды"


def test_members_that_say_less_than_they_are(read_archive):
    data = bytearray(zipped({"а.txt": "а" * 10_000, "б.txt": TEXT}))
    at = centrals(data)[0]
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    bad, good = read_archive(bytes(data))
    assert "damaged" in bad.reason
    assert good.values["title"] == "Мектеп ашылды"


def test_names_in_the_code_page_of_dos(read_archive):
    data = zipped({"aaaaaa.txt": TEXT}).replace(b"aaaaaa.txt", "школа1.txt".encode("cp866"))
    [record] = read_archive(data)
    assert record.file == "а.zip/школа1.txt"
    assert record.values["id"].endswith("/shkola1")
