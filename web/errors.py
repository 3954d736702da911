"""From an exception to an answer: one table of statuses, one problem shape for the API, one page for people."""

import logging

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException, SecurityError

from search.errors import (
    ArticleNotFound,
    ArticleWithdrawn,
    BadParameter,
    CursorExpired,
    EngineError,
    FacetNotFound,
    IndexFormatTooNew,
    IndexMissing,
    OutsideWindow,
    QueryError,
    SearchError,
    TooLong,
)

from . import formats, hosts, locale, lost
from .api_keys import CHALLENGE
from .frame import render
from .json import json_response
from .params import printable
from .refusals import KeyRefused, TooManyRequests
from .security import OPERATORS
from .shapes import Problem, ProblemError
from .translate import gettext
from .wording import wrong

STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (ArticleWithdrawn, 410),
    (ArticleNotFound, 404),
    (CursorExpired, 410),
    (FacetNotFound, 404),
    (QueryError, 400),
    (EngineError, 503),
    (KeyRefused, 401),
    (TooManyRequests, 429),
)
RETRY_AFTER_S = 30
LAST_RESORT = "500 {}\n"
"""What is said where even the page of an error cannot be made, with the id of the request."""

_log = logging.getLogger("izde.web")


class BadParameters(SearchError):
    """A request with one or more parameters that cannot be as they are."""

    def __init__(self, problems: tuple[BadParameter, ...]) -> None:
        super().__init__("; ".join(f"{problem.parameter}: {problem.detail}" for problem in problems))
        self.problems = problems


def install(app: Flask) -> None:
    """Answer every exception in the form that the address promises."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The answer to an exception; what nobody expected is logged with its traceback and answered without it."""
    if isinstance(error, HTTPException) and error.code and error.code < 400:
        return current_app.make_response(error.get_response())  # a redirect
    status = status_of(error)
    if status >= 500:
        level = logging.WARNING if status == 503 else logging.ERROR
        _log.log(level, "%s %s", g.request_id, error, exc_info=status != 503 and error)
    try:
        response = _worded(error, status)
    except Exception as second:  # no memory, no template: whatever it is, the reader gets an answer
        _log.error("%s while an error was answered: %s", g.request_id, second, exc_info=second)
        response = Response(LAST_RESORT.format(g.request_id), 500, mimetype="text/plain")
    headers = response.headers
    headers["Cache-Control"] = "no-store"
    headers["Vary"] = "Accept-Language"
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, KeyRefused):
        headers["WWW-Authenticate"] = CHALLENGE if error.missing else f'{CHALLENGE}, error="invalid_token"'
    if isinstance(error, HTTPException) and status == 405:
        headers["Allow"] = "GET, HEAD"
    return response


def _worded(error: Exception, status: int) -> Response:
    if request.path.startswith("/api/") or request.path in OPERATORS:
        return json_response(problem(error, status), status, "application/problem+json")
    asked = lost.query() if status == 404 else None
    texts = {"title": title(error, status), "detail": detail(error, status), "request_id": g.request_id}
    return render("error.html", status, asked, **texts, search=lost.way_out(asked))


def status_of(error: Exception) -> int:
    """The status that an exception is answered with."""
    if isinstance(error, BadParameters):
        return 400
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)


def problem(error: Exception, status: int) -> Problem:
    """The problem object of an exception."""
    root = hosts.root(current_app.extensions["izde"].settings)
    return Problem(
        type=f"{root}/api/v1/docs#problem-{status}",
        title=title(error, status),
        status=status,
        detail=detail(error, status),
        instance=g.request_id,
        errors=_errors(error),
    )


def title(error: Exception, status: int) -> str:
    """A status in words."""
    if isinstance(error, ArticleWithdrawn):
        return gettext("Мақала алынып тасталды")
    match status:
        case 400:
            return gettext("Сұрау дұрыс емес")
        case 401:
            return gettext("Кілт қажет")
        case 404:
            return gettext("Табылмады")
        case 405:
            return gettext("Мұндай әдіс қабылданбайды")
        case 410:
            return gettext("Жалғастыру мүмкін емес")
        case 413 | 414 | 431:
            return gettext("Сұрау тым ұзын")
        case 429:
            return gettext("Сұрау тым жиі")
        case 503:
            return gettext("Іздеу уақытша жұмыс істемей тұр")
    return gettext("Қате шықты") if status >= 500 else gettext("Сұрау орындалмады")


def detail(error: Exception, status: int) -> str:
    """What was wrong and what to do, without anything of the inside of the service."""
    match error:
        case TooLong():
            return gettext(
                "Мәтінде %(length)s таңба бар, шегі – %(limit)s. Қысқартып көріңіз.",
                length=_number(error.length),
                limit=_number(error.limit),
            )
        case OutsideWindow():
            return gettext(
                "Алғашқы %(window)s нәтижені ғана парақтауға болады. Сұрауды нақтылаңыз.", window=_number(error.window)
            )
        case CursorExpired():
            return gettext("Бұл тізім басталған индекс енді жоқ. Қайтадан cursor=* мәнінен бастаңыз.")
        case ArticleWithdrawn():
            return gettext("Бұл мақаланы редакция сайттан алып тастады.")
        case ArticleNotFound():
            return gettext("Мұндай мақала жоқ: %(id)s", id=printable(error.article_id))
        case FacetNotFound(did_you_mean=near) if near:
            return gettext("Мұндай сүзгі жоқ: %(name)s. Ең жақыны: %(near)s.", name=printable(error.name), near=near)
        case FacetNotFound():
            return gettext("Мұндай сүзгі жоқ: %(name)s", name=printable(error.name))
        case IndexMissing():
            return gettext("Индекс әлі жасалмаған. Әкімші «izde reindex» командасын іске қосуы керек.")
        case IndexFormatTooNew():
            return gettext("Индекс Ізденің жаңарақ нұсқасында жасалған. Әкімші Іздені жаңартуы керек.")
        case EngineError():
            return gettext("Индекс ашылмады. Біраздан кейін қайталап көріңіз.")
        case TooManyRequests():
            return gettext(
                "Сіздің желіңізден тым көп сұрау келді. %(seconds)s секундтан кейін қайталап көріңіз.",
                seconds=error.retry_after_s,
            )
        case KeyRefused(missing=True):
            return gettext("Бұл API кілтпен ғана жұмыс істейді. Оны Authorization: Bearer тақырыбында жіберіңіз.")
        case KeyRefused():
            return gettext("Мұндай кілт жоқ немесе оның мерзімі өткен.")
        case SecurityError():
            return gettext("Бұл сервер мұндай атауға жауап бермейді.")
        case BadParameters():
            names = ", ".join(dict.fromkeys(item.parameter for item in error.problems if item.parameter))
            return gettext("Мына параметрлер дұрыс емес: %(names)s", names=names)
        case BadParameter(parameter=""):
            return _wrong(error)
        case BadParameter():
            return gettext("Мына параметрлер дұрыс емес: %(names)s", names=error.parameter)
    match status:
        case 404:
            return gettext("Мұндай бет жоқ.")
        case 429:
            return gettext("Бір-екі минут күтіп, қайта іздеңіз.")
        case 412:
            return gettext("If-Match тақырыбындағы шарт орындалмады.")
        case 413:
            return gettext("Бұл мекенжайға деректер жіберудің қажеті жоқ.")
        case 405:
            return gettext("Бұл мекенжай тек GET және HEAD сұрауларын қабылдайды.")
    return gettext("Біраздан кейін қайталап көріңіз.") if status >= 500 else gettext("Мекенжайды тексеріп көріңіз.")


def _errors(error: Exception) -> list[ProblemError]:
    if isinstance(error, FacetNotFound):
        near = error.did_you_mean or None
        return [ProblemError(parameter="name", code="unknown-facet", detail=detail(error, 404), did_you_mean=near)]
    return [_parameter(item) for item in _problems(error)]


def _problems(error: Exception) -> tuple[QueryError, ...]:
    if isinstance(error, BadParameters):
        return error.problems
    return (error,) if isinstance(error, QueryError) else ()


def _wrong(error: BadParameter) -> str:
    return wrong(error, current_app.extensions["izde"].settings)


def _number(value: int) -> str:
    return formats.number(value, locale.current(current_app.extensions["izde"].settings))


def _parameter(error: QueryError) -> ProblemError:
    near = error.did_you_mean if isinstance(error, BadParameter) else ""
    text = _wrong(error) if isinstance(error, BadParameter) else detail(error, status_of(error))
    return ProblemError(parameter=error.parameter, code=error.code, detail=text, did_you_mean=near or None)
