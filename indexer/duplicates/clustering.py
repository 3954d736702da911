"""Groups of bodies that are alike, each around one that all others of the group are like.

Bodies that are alike, and what those are alike to, make a group. In a large one the first and the last may have little
in common; so the body in the middle is looked for, those that are like it stay, and the rest are tried again.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .candidates import Ints, Slots, candidates, likely
from .signatures import Signatures
from .verdicts import Asked, Verdicts

_MOST_REFUSED: Final = 16
"""Two bodies are not compared any more when each was found unlike so many others."""

_MOST_ROUNDS: Final = 16
"""So many groups are looked for in what hangs together; what is left then is alone."""


def clusters(
    signatures: Signatures, judge: Callable[[Ints, Ints], NDArray[np.bool_]], known: Verdicts | None = None
) -> tuple[NDArray[np.uint64], Verdicts]:
    """Of each article a number that it shares with those whose bodies say the same, and the verdicts that tell so.

    judge: says of pairs of articles, by their places in `signatures`, whether their bodies are alike; asked only where
    `known` does not say. The number is the least hash of the bodies of a group, the own one for an article that is
    alone, 0 where the body is too short; neither the order of the articles nor `known` changes it.
    """
    held = np.flatnonzero(signatures.bodies)
    bodies, first, which = np.unique(signatures.bodies[held], return_index=True, return_inverse=True)
    slots = signatures.slots[held[first]]
    asked = Asked(bodies, held[first], judge, known or Verdicts.none())
    labels = _linked(slots, asked)
    found = np.zeros(len(signatures), np.uint64)
    found[held] = bodies[_centred(labels, slots, np.bincount(which), asked)][which]
    return found, asked.verdicts


def _linked(slots: Slots, asked: Asked) -> Ints:
    """Of each body the label of what hangs together with it."""
    labels = np.arange(len(slots))
    refused = np.zeros(len(slots), np.int64)
    for ones, others, least in candidates(slots):
        is_new = labels[ones] != labels[others]
        is_new &= np.minimum(refused[ones], refused[others]) < _MOST_REFUSED
        chosen = np.flatnonzero(is_new)
        chosen = chosen[~asked.before(ones[chosen], others[chosen])]
        chosen = chosen[likely(slots, ones[chosen], others[chosen], least)]
        ones, others = ones[chosen], others[chosen]
        alike = asked(ones, others)
        for side in (ones, others):
            np.add.at(refused, side[~alike], 1)
        labels = _together(labels, ones[alike], others[alike])
    return labels


def _together(labels: Ints, ones: Ints, others: Ints) -> Ints:
    """The labels when these pairs are of the same group; a label is the least place of its group."""
    if not len(ones):
        return labels
    # They take as long to load as a small run takes in all, and most small runs find nothing alike.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names, at = np.unique(np.concatenate([labels[ones], labels[others]]), return_inverse=True)
    edges = at[: len(ones)], at[len(ones) :]
    graph = coo_array((np.ones(len(ones), np.bool_), edges), (len(names), len(names)))
    _, group = connected_components(graph, directed=False)
    _, least = np.unique(group, return_index=True)
    renamed = np.arange(len(labels))
    renamed[names] = names[least][group]
    return renamed[labels]


def _centred(labels: Ints, slots: Slots, times: Ints, asked: Asked) -> Ints:
    """The labels when in every group all are like one. times: how many articles have each body."""
    labels = labels.copy()
    members = np.flatnonzero(np.bincount(labels, minlength=len(labels))[labels] > 2)  # of two, each is like the other
    for _ in range(_MOST_ROUNDS):
        members = members[np.argsort(labels[members], kind="stable")]
        _, group = np.unique(labels[members], return_inverse=True)
        centre = members[_centres(group, slots[members], times[members])][group]
        near = members == centre
        near[~near] = asked(members[~near], centre[~near])
        labels[members[near]] = _least(group[near], members[near])
        members, group = members[~near], group[~near]
        if not len(members):
            return labels
        labels[members] = _least(group, members)
    labels[members] = members
    return labels


def _centres(group: Ints, slots: Slots, times: Ints) -> Ints:
    """Of each group (rising numbers from 0 on) the place of the row whose slots most others of the group share.

    A body counts as often as there are articles that have it. Of equal ones the first.
    """
    votes = np.zeros(len(group))
    for column in slots.T:
        _, which = np.unique(group << 16 | column, return_inverse=True)
        votes += np.bincount(which, times)[which]
    order = np.lexsort((np.arange(len(group)), -votes, group))
    return order[np.append(True, np.diff(group[order]) > 0)] if len(order) else order


def _least(group: Ints, members: Ints) -> Ints:
    """Of each member the least member of its group; both come group by group, members rising."""
    _, first, which = np.unique(group, return_index=True, return_inverse=True)
    found: NDArray[Any] = members[first][which]
    return found
