"""What changed since the last run, and the two stops for what looks like an accident."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .errors import SafetyStop
from .limits import Limit

FEW_ERRORS = 20
"""So many rejected records never stop a run, whatever share of their input they are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids of the articles that are new, changed, gone, and as they were."""

    add: tuple[str, ...]
    change: tuple[str, ...]
    remove: tuple[str, ...]
    keep: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be done."""
        return not (self.add or self.change or self.remove)


def plan(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Plan:
    """Compare the articles of two runs by the hashes of their contents."""
    both = [one for one in now if one in before]
    return Plan(
        add=tuple(one for one in now if one not in before),
        change=tuple(one for one in both if before[one] != now[one]),
        remove=tuple(one for one in before if one not in now),
        keep=tuple(one for one in both if before[one] == now[one]),
    )


def guard_removal(plan: Plan, before: int, limit: Limit, meant: Collection[str] = ()) -> None:
    """Stop if more articles would go than the limit allows, out of `before`; those of `meant` do not count.

    Raises:
        SafetyStop: they would.
    """
    gone = sum(one not in meant for one in plan.remove)
    if limit.exceeded(gone, before):
        raise SafetyStop(
            f"{gone} of {before} articles are no longer in the input (the limit is {limit}); the old index serves on."
            " If this is meant, run again with --max-delete 100%"
        )


def guard_errors(inputs: Iterable[tuple[str, int, int]], limit: Limit, given: str) -> None:
    """Stop if more records of an input (its name, rejected, read) were rejected than the limit allows.

    given: where the rejected records are listed.

    Raises:
        SafetyStop: they were.
    """
    for name, rejected, read in inputs:
        if limit.exceeded(rejected, read, 0 if limit.number is not None else FEW_ERRORS):
            raise SafetyStop(
                f"{name}: {rejected} of {read} records were rejected (the limit is {limit}); the old index serves on."
                f" The reasons are in {given}. If this is meant, run again with --max-errors 100%"
            )
