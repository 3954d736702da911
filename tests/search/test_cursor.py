"""Cursors: what they hold, and what is refused."""

import base64
import os
import random
import string
from dataclasses import replace
from datetime import date

import pytest

from search.cursor import LONGEST, Position, asked, check, decoded, encoded, read_as
from search.errors import BadParameter, CursorExpired
from search.model import Collapse, Correct, DateRange, Filter, Match, Query, Scope, Sort

SEED = int(os.environ.get("SEED", "20261126"))
QUERY = Query("форум", filters=(Filter("category", ("Құқық",)),), sort=Sort.NEWEST)
POSITION = Position("20261123T013000Z-8f2c", 120, asked(QUERY), read_as("а", 1))


def test_a_token_is_read_as_it_was_written() -> None:
    token = encoded(POSITION)
    assert decoded(token, QUERY) == POSITION
    assert set(token) <= set(string.ascii_letters + string.digits + "-_")
    assert len(token) < LONGEST


@pytest.mark.parametrize(
    "other",
    [
        replace(QUERY, text="форумға"),
        replace(QUERY, match=Match.EXACT),
        replace(QUERY, scope=Scope.TITLE),
        replace(QUERY, filters=()),
        replace(QUERY, filters=(Filter("category", exclude=("Құқық",)),)),
        replace(QUERY, dates=DateRange(date(2018, 1, 1))),
        replace(QUERY, sort=Sort.OLDEST),
        replace(QUERY, collapse=Collapse.NONE),
        replace(QUERY, correct=Correct.OFF),
    ],
)
def test_a_token_of_another_search_is_refused(other: Query) -> None:
    with pytest.raises(BadParameter) as caught:
        decoded(encoded(POSITION), other)
    assert (caught.value.parameter, caught.value.code) == ("cursor", "bad-cursor")


def test_what_is_shown_may_change_on_the_way() -> None:
    other = replace(QUERY, per_page=7, snippets=0, facets=(), cursor="*", facet_limit=3)
    assert decoded(encoded(POSITION), other) == POSITION


def test_the_order_of_filters_does_not_count() -> None:
    one, two = Filter("category", ("а", "б")), Filter("source", ("в",), ("г", "д"))
    other = Filter("source", ("в",), ("д", "г")), Filter("category", ("б", "а"))
    assert asked(replace(QUERY, filters=(one, two))) == asked(replace(QUERY, filters=other))


def test_every_change_of_a_token_is_found() -> None:
    token = encoded(POSITION)
    for at, character in enumerate(token):
        for other in {"A", "_", chr(ord(character) ^ 1), chr(ord(character) ^ 4)} - {character}:
            changed = token[:at] + other + token[at + 1 :]
            with pytest.raises(BadParameter):
                decoded(changed, QUERY)
    for changed in (token[:-1], token + "A", token + "=", token + "\n", " " + token, token[1:], token * 2):
        with pytest.raises(BadParameter):
            decoded(changed, QUERY)


def test_junk_is_refused_and_nothing_worse() -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    chance = random.Random(SEED)
    for _ in range(5_000):
        length = chance.choice([0, 1, 4, 40, 399, 401])
        alphabet = chance.choice([string.ascii_letters + string.digits + "-_", string.printable, "әғқңөұүі٣=\0\ud800"])
        junk = "".join(chance.choices(alphabet, k=length))
        with pytest.raises(BadParameter):
            decoded(junk, QUERY)
    with pytest.raises(BadParameter):
        decoded(base64.urlsafe_b64encode(b"\0" * 9 + b"[" * 200_000).decode(), QUERY)


@pytest.mark.parametrize("given", [-1, 2**53, 10**30])
def test_a_place_that_cannot_be_is_refused(given: int) -> None:
    with pytest.raises((BadParameter, ValueError, OverflowError)):
        decoded(encoded(replace(POSITION, given=given)), QUERY)


def test_a_query_that_is_read_in_another_way_now_ends_the_harvest() -> None:
    check(POSITION, read_as("а", 1))
    with pytest.raises(CursorExpired) as caught:
        check(POSITION, read_as("а", 2))
    assert (caught.value.code, caught.value.parameter) == ("cursor-expired", "cursor")
