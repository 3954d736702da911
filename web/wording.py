"""What is wrong with one parameter of a request to the API, in the reader's language."""

from search.errors import BadParameter
from search.settings import Settings

from . import formats, locale
from .param_table import MOST_VALUE_CHARS, SIMILAR, search_params
from .params import BEFORE, MOST_PAIRS
from .translate import gettext


def wrong(problem: BadParameter, settings: Settings) -> str:
    """The problem as a sentence that says what would be right."""
    match problem.code:
        case "unknown-parameter":
            return gettext("Мұндай параметр жоқ.")
        case "repeated":
            return gettext("Бұл параметр бір рет қана беріледі.")
        case "bad-date" if problem.detail == BEFORE:
            return gettext("Соңғы күн бастапқы күннен ерте.")
        case "bad-date":
            return gettext("Күн былай жазылады: 2018, 2018-10 немесе 2018-10-16.")
        case "bad-encoding":
            return gettext("Мәні NUL таңбасы жоқ UTF-8 мәтіні болуы керек.")
        case "too-many":
            return gettext(
                "Параметр тым көп: %(limit)s параметрге дейін беруге болады.", limit=_number(MOST_PAIRS, settings)
            )
        case "bad-cursor":
            return gettext("Бұл іздеуге берілген курсор емес. Қайтадан cursor=* мәнінен бастаңыз.")
        case "cursor-sort":
            return gettext("Курсормен нәтижелер тек күні бойынша реттеледі: newest немесе oldest.")
        case "cursor-page":
            return gettext("Курсормен бет нөмірі берілмейді.")
        case "too-long":
            return gettext("Мәні %(limit)s таңбадан аспауы керек.", limit=_number(MOST_VALUE_CHARS, settings))
    return _value(problem, settings)


def _value(problem: BadParameter, settings: Settings) -> str:
    param = {**search_params(settings), SIMILAR.name: SIMILAR}.get(problem.parameter)
    if param and param.choices:
        return gettext("Мыналардың бірі болуы керек: %(choices)s.", choices=", ".join(param.choices))
    if param and param.kind == "whole":
        return gettext(
            "%(low)s мен %(high)s аралығындағы бүтін сан болуы керек.",
            low=_number(param.low, settings),
            high=_number(param.high, settings),
        )
    return gettext("Мәні дұрыс емес.")


def _number(value: int, settings: Settings) -> str:
    return formats.number(value, locale.current(settings))
