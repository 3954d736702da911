"""Small files that unpack to very much, and large ones that are one record: each in a process of its own, measured."""

import gzip
import io
import json
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

import pytest

MOST_SECONDS = 2
MOST_MB = 256
GB = 1_000_000_000

READ = """
import json, resource, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from tests.raw_records import read
from indexer.records import InputSpec, Rejected

# In user mode: what a new page of the page cache takes is the machine's own.
start, good, reasons = resource.getrusage(resource.RUSAGE_SELF).ru_utime, 0, []
for item in read(InputSpec(Path(sys.argv[1]), ZoneInfo("Asia/Almaty"))):
    if isinstance(item, Rejected):
        reasons.append(item.reason)
    else:
        good += 1
seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - start
# The peak since this program began; that of getrusage begins with what its parent held.
status = Path("/proc/self/status").read_text()
mb = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(json.dumps([good, reasons[:5], seconds, mb]))
"""


def measured(path, good, reason):
    out = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    records, reasons, seconds, mb = json.loads(out.stdout)
    assert out.stderr == ""
    assert seconds < MOST_SECONDS
    assert mb < MOST_MB
    assert records == good
    assert reason in " ".join(reasons)


def packed_zeros(count=100, before=b""):
    """A gzip file of as many times 100 MB of zeros."""
    return gzip.compress(before) + gzip.compress(b"\0" * 100_000_000, 6, mtime=0) * count


def deflated_zeros(count=100):
    """The same as one deflate stream, as ZIP archives hold it."""
    made = zlib.compressobj(6, zlib.DEFLATED, -15)
    block = made.compress(b"\0" * 100_000_000) + made.flush(zlib.Z_FULL_FLUSH)
    return block * count + b"\x03\0"


@pytest.mark.parametrize("name", ["а.jsonl.gz", "а.warc.gz", "а.tar.gz", "а.tgz"])
def test_ten_gigabytes_of_zeros_in_gzip(tmp_path, name):
    before = {
        "а.jsonl.gz": b'{"id": 1, "title": "a"}\n',
        "а.warc.gz": b"WARC/1.0\r\nContent-Length: 10000000000\r\n\r\n",
    }
    info = tarfile.TarInfo("a.txt")
    info.size = 10 * GB
    (tmp_path / name).write_bytes(packed_zeros(before=before.get(name, info.tobuf(tarfile.GNU_FORMAT))))
    measured(tmp_path, name == "а.jsonl.gz", "unpacks to more than 200 times its size")


def test_a_tar_in_which_a_name_is_ten_gigabytes(tmp_path):
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 10 * GB
    (tmp_path / "а.tgz").write_bytes(packed_zeros(before=info.tobuf(tarfile.GNU_FORMAT)))
    measured(tmp_path, 0, "a name or a header of 10,000,000,000 bytes")


def bomb(copies, says=4 * GB):
    """A ZIP archive of a few megabytes whose members, all of them the same bytes, unpack to as many times 4 GB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("00000.txt", deflated_zeros())
    data = bytearray(out.getvalue())
    at = data.rfind(b"PK\x01\x02")
    for place in (8, at + 10):
        data[place : place + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    for place in (22, at + 24):
        data[place : place + 4] = struct.pack("<L", says)
    entry = bytes(data[at : data.rfind(b"PK\x05\x06")])
    listed = b"".join(entry.replace(b"00000.txt", b"%05d.txt" % number) for number in range(copies))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(listed), at, 0)
    return bytes(data[:at]) + listed + end


@pytest.mark.parametrize("copies", [1, 30_000])
def test_a_zip_that_unpacks_to_terabytes(tmp_path, copies):
    (tmp_path / "а.zip").write_bytes(bomb(copies))
    measured(tmp_path, 0, "more than 200 times its size")


def test_a_zip_that_says_it_is_small(tmp_path):
    (tmp_path / "а.zip").write_bytes(bomb(3, says=1000))
    measured(tmp_path, 0, "damaged: Bad CRC-32")


def test_a_zip_of_a_million_files(tmp_path):
    entry = struct.pack("<4s42x", b"PK\x01\x02")
    entry = entry[:28] + struct.pack("<H", 5) + entry[30:46] + b"a.txt"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(entry) * 1_000_000, 0, 0)
    (tmp_path / "а.zip").write_bytes(entry * 1_000_000 + end)
    measured(tmp_path, 0, "split it, or unpack it")
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(entry) * 600_000, 0, 0)
    (tmp_path / "а.zip").write_bytes(entry * 600_000 + end)
    measured(tmp_path, 0, "more members than an archive may have (100,000)")


@pytest.mark.parametrize("name", ["а.tar", "а.tgz"])
def test_a_tar_of_a_million_files(tmp_path, name):
    headers = tarfile.TarInfo("a.txt").tobuf(tarfile.GNU_FORMAT) * 10_000
    with (tmp_path / name).open("wb") as file:
        piece = gzip.compress(headers) if name == "а.tgz" else headers
        for _ in range(100 if name == "а.tgz" else 11):
            file.write(piece)
    measured(tmp_path, 0, "more members than an archive may have (100,000)")


def test_as_many_members_as_there_may_be_fit_into_memory(tmp_path):
    names = [b"%06d/%b.jpg" % (number, b"a" * 60) for number in range(100_000)]
    listed = b"".join(struct.pack("<4s24xH16x", b"PK\x01\x02", len(name)) + name for name in names)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 34_464, 34_464, len(listed), 0, 0)
    (tmp_path / "а.zip").write_bytes(listed + end)
    out = subprocess.run([sys.executable, "-c", READ, str(tmp_path)], capture_output=True, text=True, check=True)
    records, reasons, _, mb = json.loads(out.stdout)
    assert (records, reasons) == (0, ["holds no record"])
    assert mb < MOST_MB


@pytest.mark.parametrize(
    ("name", "head", "tail", "good", "reason"),
    [
        (
            "а.jsonl",
            b'{"id": 1, "body": "',
            b'"}\n{"id": 2, "title": "a"}\n',
            1,
            "the line is longer than 8,000,000 bytes",
        ),
        ("а.csv", b'id,title\n1,"', b'"\n2,a\n', 1, "the line is longer than 8,000,000 bytes"),
        ("а.txt", b"a", b"a", 0, "larger than an article may be"),
        ("а.html", b"<p>", b"</p>", 0, "larger than the page of an article may be"),
        ("а.warc", b"WARC/1.0\r\nWARC-Type: ", b"\r\n\r\n", 0, "without an end of its header"),
    ],
)
def test_very_much_in_one_record(tmp_path, name, head, tail, good, reason):
    with (tmp_path / name).open("wb") as file:
        file.write(head)
        file.seek(GB if name == "а.jsonl" else GB // 4)
        file.write(tail)
    measured(tmp_path, good, reason)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"id": 1, "title": "a", "b": ['])
@pytest.mark.parametrize("depth", [10_000, 1_000_000])
def test_json_that_is_deep(tmp_path, opening, depth):
    line = opening + b"[" * depth + b"]" * depth
    (tmp_path / "а.jsonl").write_bytes(line + b'\n{"id": 2, "title": "a"}\n')
    measured(tmp_path, 1, "JSON too deep")
