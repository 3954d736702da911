"""What was wrong with a request for a page, and what was done instead, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.errors import BadParameter
from search.model import Match, Scope, Sort
from search.settings import Settings

from . import formats, labels, locale
from .param_table import search_params
from .params import BEFORE, Pairs, printable
from .translate import gettext

UNUSED = frozenset({"facets", "histogram", "highlight", "explain"})
"""Parameters that only the API knows; the pages choose for themselves."""

WITH_FIELD = frozenset({"date_from", "date_to"})
"""Parameters that have a field in the page, beside which the explanation stands."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Sentences that stand beside a field, by its name, and those that stand above the results."""

    fields: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def explained(problems: Iterable[BadParameter], given: Pairs, settings: Settings) -> Explained:
    """The problems in words."""
    first: dict[str, str] = {}
    for name, value in given:
        first.setdefault(name, printable(value))
    fields: dict[str, str] = {}
    others: list[str] = []
    for problem in problems:
        name = problem.parameter
        if name in UNUSED:
            continue
        sentence = _sentence(problem, first.get(name, ""), settings)
        if name in WITH_FIELD:
            fields.setdefault(name, sentence)
        else:
            others.append(sentence)
    return Explained(fields, tuple(others))


def _sentence(problem: BadParameter, value: str, settings: Settings) -> str:
    label = labels.parameter(problem.parameter)
    match problem.code:
        case "bad-date" if problem.detail == BEFORE:
            return gettext("Соңғы күн бастапқы күннен ерте, сондықтан күн бойынша шектелмеді.")
        case "bad-date":
            return gettext(
                "«%(value)s» деген күн жоқ, сондықтан бұл шек қойылмады. Дұрыс түрі: 2018, 2018-10 немесе 2018-10-16.",
                value=value,
            )
        case "repeated":
            return gettext("«%(label)s» бірнеше рет берілген, біріншісі алынды.", label=label)
        case "outside-window":
            return gettext(
                "Алғашқы %(window)s нәтижені ғана парақтауға болады, сондықтан бірінші бет көрсетілді. "
                "Сұрауды нақтылаңыз немесе сүзгі қосыңыз.",
                window=formats.number(settings.window, locale.current(settings)),
            )
    return gettext(
        "«%(label)s» үшін «%(value)s» мәні жарамайды, оның орнына әдепкісі алынды: %(default)s.",
        label=label,
        value=value,
        default=_default(problem.parameter, settings),
    )


def _default(name: str, settings: Settings) -> str:
    match name:
        case "sort":
            return labels.sort(Sort.RELEVANCE)
        case "match":
            return labels.match(Match.SMART)
        case "in":
            return labels.scope(Scope.ALL)
    return search_params(settings)[name].default
