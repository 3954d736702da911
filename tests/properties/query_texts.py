"""Texts that somebody may type into the search box, or send to it: by the rules of the language, and against them."""

import random

WORDS = ["мектеп", "мектептер", "форумға", "және", "үшін", "әкім", "қала", "қаладағы", "новости", "news", "school",
         "2018", "16.10.2018", "XXI", "БҰҰ-ның", "іс-шара", "сондай-ақ", "qazaqstan", "قازاق", "жəне", "а", "I", "-",
         "12:30", "https://izde.kz/?q=а*", "«Нұр", "Отан»", "5%", "ҮЕҰ"]  # fmt: skip
SIGNS = ['"', "“", "”", "„", "«", "»", "(", ")", "[", "]", "{", "}", "*", "?", "~", "~2", "^", ":", "-", "--", "+", "=",
         "|", "&", "\\", "/", "'", "…", ",", ".", " ", "  ", "\t", "\n", "\0", "\u202e", "\u200b", "\u0301", "\ud800",
         "\udfff", "\ufeff", "北", "𐐀", "..", "_"]  # fmt: skip
OPERATORS = ["ЖӘНЕ", "НЕМЕСЕ", "ЕМЕС", "И", "ИЛИ", "НЕ", "AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR/999", "NOT NOT"]
FIELDS = ["тақырып:", "такырып:", "мәтін:", "Автор:", "source:", "тіл:", "region:", "сайт:"]
DATES = ["күні:2018", "күні:2018-10", "жыл:2018..", "date:..16.10.2018", "күні:2018-99", "дата:2019..2018", "күні:"]
PARTS = [*WORDS, *SIGNS, *OPERATORS, *FIELDS, *DATES, "date:[ауыл TO]", "?*?*", "қала~9", "-(", "автор:("]
SIGNED = ["{}", "{}", "{}", "-{}", "--{}", "={}", "{}*", "-{}*", "{}~", "{}~2", "{}~9", "={}*", "{}~{}", "- {}"]
QUOTED = ['"{}"', "“{}”", '="{}"', '"{}"~3', '"{}"~', '-"{}"', '"{}"~{}']
REPEATED = [
    *SIGNS,
    *WORDS,
    *OPERATORS,
    *FIELDS,
    "(а ",
    '"а" ',
    "-а ",
    "()",
    "-(",
    "а OR ",
    "а NEAR ",
    "автор:(",
    "күні:2 ",
]


class Maker:
    """Makes texts of at most `most` characters; the same ones from the same seed."""

    def __init__(self, seed: int, most: int = 500) -> None:
        self.random = random.Random(seed)
        self._most = most

    def text(self) -> str:
        """One text."""
        choice = self.random.random()
        if choice < 0.15:
            made = self._characters()
        elif choice < 0.4:
            made = self._parts()
        elif choice < 0.95:
            made = self._any(3)
        else:
            made = self.random.choice(REPEATED) * self.random.choice([2, 30, 250])
        return made[: self._most]

    def _characters(self) -> str:
        ceiling = self.random.choice([0x80, 0x530, 0x700, 0x3000, 0x110000])
        codes = self.random.choices(range(ceiling), k=self.random.randrange(40))
        return "".join(map(chr, codes))

    def _parts(self) -> str:
        glue = self.random.choice(["", " ", " "])
        return glue.join(self.random.choices(PARTS, k=self.random.choice([1, 3, 8, 20])))

    def _any(self, depth: int) -> str:
        """By the rules, with a slip now and then."""
        units = [self._unit(depth) for _ in range(self.random.choice([1, 1, 2, 3, 5]))]
        if self.random.random() < 0.4:
            units.insert(self.random.randrange(len(units) + 1), self.random.choice(OPERATORS))
        return " ".join(units)

    def _unit(self, depth: int) -> str:
        choice = self.random.random()
        if choice < 0.5:
            return " ".join(self.random.choices(WORDS, k=self.random.choice([1, 1, 2, 3])))
        if choice < 0.65:
            return self.random.choice(SIGNED).format(self.random.choice(WORDS), self.random.randrange(12))
        if choice < 0.75:
            words = " ".join(self.random.choices(WORDS, k=self.random.randrange(4)))
            return self.random.choice(QUOTED).format(words, self.random.randrange(200))
        if choice < 0.8:
            return self.random.choice(DATES)
        if choice < 0.85:
            return self.random.choice(SIGNS)
        if depth == 0:
            return self.random.choice(WORDS)
        if choice < 0.93:
            return self.random.choice(["", "", "-"]) + self.random.choice(FIELDS) + self._unit(depth - 1)
        return self.random.choice(["({})", "({})", "-({})", "(({}))", "({}"]).format(self._any(depth - 1))
