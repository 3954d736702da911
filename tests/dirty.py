"""Records that are spoilt in every way that archives know, for tests of what becomes of them."""

import json
import math

WORDS = ("ауыл", "мектеп", "қоғам", "форум", "әкім", "кітапхана", "өзен", "бөгет", "ұстаз", "үміт", "жиын", "ашылды")
KEYS = ("id", "title", "body", "published", "url", "category", "source", "author", "lang")
DATES = (
    "16.10.2018, 00:44",
    "2018-10-16T00:44:00Z",
    "16 қазан 2018",
    "0000-01-01",
    "9999-12-31",
    "31.02.2018",
    "кеше",
    1539629040,
)
VALUES = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        10**30,
        1e308,
        math.nan,
        math.inf,
        "",
        " ",
        "\u00a0",
        [],
        {},
        [None],
        [[]],
        {"a": {}},
    ),
    *(
        "\ud800",
        "\udfff\ud800",
        "а\0б",
        "\ufeff",
        "\u202eтөңкер",
        "<p>",
        "</p><script>",
        "&#xD800;",
        "а" * 20_000,
        "\n\n\n",
    ),
    *("javascript:alert(1)", "http://[", "../../etc/passwd", "https://a.example/" + "ж" * 3000, "%s{}%n", "x" * 400),
)


def sentence(dice):
    return " ".join(dice.choices(WORDS, k=dice.randint(3, 12))).capitalize() + "."


def record(dice, number):
    return {
        "id": f"r{number}",
        "title": sentence(dice)[:-1],
        "body": "\n\n".join(sentence(dice) for _ in range(dice.randint(1, 4))),
        "published": dice.choice(DATES),
        "category": dice.choice(WORDS),
        "source": dice.choice(WORDS[:3]),
        "views": number,
    }


def spoil_values(dice, one, number):
    for _ in range(dice.randint(0, 3)):
        change = dice.randrange(5)
        if change == 0:
            one.pop(dice.choice(list(one)), None)
        elif change == 1:
            one["id"] = f"r{dice.randrange(number + 1)}"
        else:
            one[dice.choice([*KEYS, "views", "extra", "\ud800"])] = dice.choice(VALUES)
    return one


def spoil_bytes(dice, line):
    change = dice.randrange(12)
    if change == 0:
        return line[: dice.randrange(len(line))]
    if change == 1:
        at = dice.randrange(len(line))
        return line[:at] + bytes([dice.randrange(256)]) + line[at + 1 :]
    if change == 2:
        return line.decode().encode("cp1251", "replace")
    if change == 3:
        return dice.choice([b"[" * 5000, b"[1]", b"null", b"{}", b"\0" * 50, b"\xff\xfe", b"{" * 3, b"x" * 90_000])
    return line


def json_lines(dice, count):
    out = []
    for number in range(count):
        one = spoil_values(dice, record(dice, number), number)
        line = json.dumps(one, ensure_ascii=dice.random() < 0.5 or "\\ud" in json.dumps(one)).encode()
        out.append(spoil_bytes(dice, line))
    return b"\n".join(out)


def not_blank(data):
    return [
        at
        for at, line in enumerate(data.split(b"\n"), 1)
        if line.decode("latin-1").strip(" \t\r\x0b\x0c\x1c\x1d\x1e\x1f")
    ]
