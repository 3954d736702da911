"""What the ends of the API, their parameters and their errors are for, in the reader's language, as its page tells it.

The description (`openapi.py`) has the same in English, from the tables of `api.py` and `params.py`.
"""

from search.errors import BadParameter
from search.facets import Table
from search.settings import Settings

from . import labels, wording
from .api import End
from .param_table import Param
from .translate import gettext

STATUSES = (400, 401, 404, 405, 410, 412, 413, 414, 429, 500, 503)
CODES = (
    "unknown-parameter", "repeated", "bad-value", "bad-date", "bad-encoding", "too-long", "too-many", "outside-window",
    "bad-cursor", "cursor-sort", "cursor-page", "cursor-expired", "unknown-facet",
)  # fmt: skip
"""Values of `errors[].code`, in the order of the page."""


def end(one: End) -> str:
    """What an end answers with; empty if nobody has said it yet."""
    match one.name:
        case "search":
            return gettext("Мұрағаттан іздеу: нәтижелер, сүзгі мәндерінің саны, күндер бойынша бөлінісі.")
        case "csv":
            return gettext("Іздеу нәтижелері кесте түрінде. Файл дайындалған сайын бөліп жіберіліп тұрады.")
        case "jsonl":
            return gettext("Іздеу нәтижелері, әр жолда бір JSON объектісі.")
        case "similar":
            return gettext("Мазмұны жақын мақалалар, ең жақынынан бастап.")
        case "article":
            return gettext("Бір мақала, мәтінімен бірге.")
        case "facet":
            return gettext("Бір сүзгінің мәндері: тере бастаған сөзбен таңдау үшін.")
        case "stats":
            return gettext("Мұрағатта не бар: айдар, дереккөз, тіл, жазу, жыл бойынша мақала саны.")
        case "suggest":
            return gettext("Теріліп жатқан мәтінге ұсынылатын сөздер мен тақырыптар.")
        case "analyze":
            return gettext("Мәтін сөз-сөзімен қалай оқылады: негізі, жалғаулары, жазуы.")
    return ""


def parameter(one: Param, where: End, facets: Table) -> str:
    """What a parameter of an end is for; empty if nobody has said it yet."""
    if one.name in facets:
        return gettext("сүзгі: %(field)s", field=labels.field(facets[one.name]))
    match one.name, where.name:
        case "q", "suggest":
            return gettext("осы сәтке дейін терілген мәтін")
        case "q", _:
            return gettext("сұрау; бос болса, барлық мақала")
        case "match", _:
            return gettext("сөздің қай түрі ізделеді: барлығы, дәл терілгені немесе жазылуы ұқсас сөздер де")
        case "correct", _:
            return gettext("қате терілген сұрау: түзетуді ұсыну, бірден түзету немесе терілген қалпында қалдыру")
        case "in", _:
            return gettext("мақаланың қай бөлігінен ізделеді")
        case "date_from", _:
            return gettext("алғашқы күн, өзін қоса: 2018, 2018-10 немесе 2018-10-16")
        case "date_to", _:
            return gettext("соңғы күн, өзін қоса: 2018, 2018-10 немесе 2018-10-16")
        case "sort", _:
            return gettext("реті; сұрау бос болса, жаңасынан бастап")
        case "half_life", _:
            return gettext("мақаланың жаңалығы неше күнде екі есе кемиді; 0 – мерзімі есепке алынбайды")
        case "collapse", _:
            return gettext("мәтіні бірдей мақалалар бір нәтиже бола ма")
        case "page", _:
            return gettext("бет нөмірі, 1-ден бастап")
        case "per_page", _:
            return gettext("бір беттегі нәтиже саны")
        case "cursor", _:
            return gettext("бәрін түгел алу: * мәнінен басталады, әрі қарай – алдыңғы жауаптағы cursor.next")
        case "facets", _:
            return gettext("қай сүзгілердің мәндері саналады, үтірмен; none – ешқайсысы")
    return _shown(one)


def _shown(one: Param) -> str:
    """The parameters that say how an answer looks, and those of single ends."""
    match one.name:
        case "facet_limit":
            return gettext("бір сүзгіде көрсетілетін мән саны")
        case "facet_order":
            return gettext("мәндердің реті: саны бойынша немесе қазақ әліпбиімен")
        case "histogram":
            return gettext("нәтижелердің күндер бойынша бөлінісі")
        case "highlight":
            return gettext("табылған сөздердің белгіленуі: HTML, таңба орындары немесе белгісіз")
        case "snippets":
            return gettext("бір нәтижедегі үзінді саны")
        case "snippet_length":
            return gettext("үзіндінің ең үлкен ұзындығы, таңбамен")
        case "explain":
            return gettext("1 болса, әр нәтиженің бағасы неден құралғаны да беріледі")
        case "limit":
            return gettext("ең көбі қанша беріледі")
        case "text":
            return gettext("талданатын мәтін")
        case "prefix":
            return gettext("осылай басталатын сөзі бар мәндер ғана")
    return ""


def status(code: int) -> str:
    """When an answer has this status."""
    match code:
        case 400:
            return gettext("Параметр дұрыс емес: қайсысы екенін және дұрысын errors айтады.")
        case 401:
            return gettext("Кілт керек жерде жіберілмеген, мұндай кілт жоқ немесе оның мерзімі өткен.")
        case 404:
            return gettext("Мұндай мекенжай, мақала немесе сүзгі жоқ.")
        case 405:
            return gettext("Бұл мекенжай тек GET және HEAD сұрауларын қабылдайды.")
        case 410:
            return gettext(
                "Курсордың индексі енді жоқ: қайтадан cursor=* мәнінен бастаңыз. Немесе мақаланы редакция алып "
                "тастаған."
            )
        case 412:
            return gettext("If-Match тақырыбындағы шарт орындалмады.")
        case 413 | 414:
            return gettext("Сұрау тым ұзын")
        case 429:
            return gettext("Сұрау тым жиі: Retry-After айтқан секундтан кейін қайталаңыз.")
        case 503:
            return gettext("Іздеу уақытша жұмыс істемей тұр: Retry-After айтқан секундтан кейін қайталаңыз.")
    return gettext("Сервердің өз қатесі. Сайттың иесіне instance кодын айтыңыз.")


def problem(code: str, settings: Settings) -> str:
    """What `errors[].code` means: the sentence that an answer has with it."""
    match code:
        case "cursor-expired":
            return gettext("Бұл тізім басталған индекс енді жоқ. Қайтадан cursor=* мәнінен бастаңыз.")
        case "unknown-facet":
            return gettext("Мұндай сүзгі жоқ; ең жақынын did_you_mean айтады.")
        case "outside-window":
            return gettext("Парақтау шегінен асты: бәрін алу үшін cursor параметрін пайдаланыңыз.")
    return wording.wrong(BadParameter("", "", code=code), settings)
