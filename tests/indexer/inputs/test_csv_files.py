import pytest

from indexer.records import RawRecord, Rejected
from tests.raw_records import read


@pytest.fixture
def rows(tmp_path, spec):
    def of(data, **options):
        (tmp_path / "а.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read(spec(**options)))

    return of


def test_rows_with_line_breaks_and_quotes(rows):
    first, second = rows('id,title,body\r\n1,"«Көкжар» ""клубы""","Бірінші.\r\nЕкінші."\r\n2,Екі,Мәтін.\r\n')
    assert (first.line, first.values) == (2, {"id": "1", "title": '«Көкжар» "клубы"', "body": "Бірінші.\r\nЕкінші."})
    assert (second.line, second.values["title"]) == (4, "Екі")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_marks(rows, separator, encoding):
    lines = ["id Тақырып Мәтін Күні", "1 Бір Мәтін. 16.10.2018"]
    [record] = rows("\n".join(line.replace(" ", separator) for line in lines).encode(encoding))
    assert record.values == {"id": "1", "title": "Бір", "body": "Мәтін.", "published": "16.10.2018"}


def test_a_comma_in_a_header_of_semicolons(rows):
    [record] = rows('id;"Тақырып, толық";Мәтін\n1;Бір, екі;Үш')
    assert record.values == {"id": "1", "Тақырып, толық": "Бір, екі", "body": "Үш"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Бір", "2 cells where the header has 3"),
        ("1,Бір,Екі,Үш", "4 cells where the header has 3"),
        ('1,"Бір"а,Екі', "broken CSV"),
        ('1,"Бір,Екі', "broken CSV"),
    ],
)
def test_a_bad_row_stops_nothing(rows, row, reason):
    first, bad, last = rows(f'id,title,body\n0,"а","б"\n{row}\n2,"в","г"\n')
    assert isinstance(bad, Rejected)
    assert (bad.line, reason in bad.reason) == (3, True), bad.reason
    assert (first.values["id"], last.values["id"], last.line) == ("0", "2", 4)


def test_a_quote_that_is_never_closed(rows):
    bad, *good = rows('id,title,body\n0,"а,б\n' + "".join(f"{n},а,б\n" for n in range(1, 50)))
    assert isinstance(bad, Rejected)
    assert [record.values["id"] for record in good] == [str(n) for n in range(1, 50)]
    bad, *good = rows('id,title,body\n0,"а,б\n' + "".join(f"{n},а,б\n" for n in range(1, 900)), article_bytes=500)
    assert "a quote is opened and not closed" in bad.reason
    assert len(good) == 899


def test_a_line_that_is_no_text(rows):
    first, bad, last = rows("id,title\n1,Бір\n".encode() + "2,Второй\n".encode("cp1251") + "3,Үш\n".encode())
    assert (bad.line, "not utf-8 text" in bad.reason) == (3, True)
    assert (first.values["id"], last.values["id"]) == ("1", "3")


def test_empty_rows_and_empty_cells_at_the_end(rows):
    assert [record.values["id"] for record in rows("\nid,title\n\n1,а,,\n,\n , \n2,б\n")] == ["1", "2"]


def test_of_two_columns_with_one_name_the_first_that_is_filled(rows):
    assert [record.values["title"] for record in rows("id,title,title\n1,,б\n2,а,б")] == ["б", "а"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("а,б,в\n1,2,3\n", "names no column of titles or texts: 'а,б,в'"),
        ("1,Тасқын,Мәтін осында\n", "names no column"),
        ("\n\n", "holds no record"),
        ("", "empty file (0 bytes)"),
        ("id,title,body\n", "holds no record"),
        (b"id,title\xff\n1,a", "not utf-8 text"),
    ],
)
def test_a_file_without_columns_or_rows(rows, data, reason):
    [bad] = rows(data)
    assert isinstance(bad, Rejected)
    assert reason in bad.reason
    assert bad.line >= 1


def test_a_long_body_fits(rows):
    [record] = rows(f"id,body\n1,{'мәтін ' * 100_000}")
    assert isinstance(record, RawRecord)
    [bad] = rows(f"id,body\n1,{'мәтін ' * 100_000}", article_bytes=100_000)
    assert "longer than 400,000 bytes" in bad.reason


def test_the_field_map(rows):
    [record] = rows("номері,атау,тексті\n5,Бір,Екі", fields={"номері": "id", "атау": "title", "тексті": "body"})
    assert record.values == {"id": "5", "title": "Бір", "body": "Екі"}
