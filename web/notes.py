"""What was done with the query, in the reader's language."""

from search.facets import Table
from search.model import Note, Suggestion

from . import labels
from .translate import gettext


def sentence(note: Note) -> str:
    """The note as one sentence."""
    match note.kind, note.reason:
        case "layout", _:
            return gettext(
                "Пернетақта тілі ауыспай қалған сияқты: «%(typed)s» орнына «%(meant)s» ізделді.",
                typed=note.source,
                meant=note.target,
            )
        case "script", _:
            return gettext("«%(typed)s» сөзі «%(meant)s» деп оқылды.", typed=note.source, meant=note.target)
        case "typo", _:
            return gettext(
                "Мұрағатта «%(typed)s» деген сөз жоқ, оның орнына «%(meant)s» ізделді.",
                typed=note.source,
                meant=note.target,
            )
        case "operator" | "dropped", _:
            return _syntax(note)
        case "stopwords", _:
            return gettext("Көмекші сөздердің болуы міндетті емес: %(words)s.", words=note.source)
        case "synonym", _:
            return gettext("«%(words)s» былай да ізделді: %(others)s.", words=note.source, others=note.target)
        case "exact", _:
            return gettext("«%(words)s» дәл терілген түрінде ғана ізделді.", words=note.source)
        case "truncated", "fuzzy":
            return gettext(
                "Айырмасы екі әріптен аспауы керек, сондықтан «%(typed)s» орнына «%(meant)s» ізделді.",
                typed=note.source,
                meant=note.target,
            )
        case "truncated", "near":
            return gettext(
                "Сөздердің арақашықтығы тым үлкен: «%(typed)s» орнына «%(meant)s» алынды.",
                typed=note.source,
                meant=note.target,
            )
        case "truncated", "expansions":
            return gettext(
                "Мұндай сөз тым көп, сондықтан «%(words)s» терілген қалпында ғана ізделді.", words=note.source
            )
        case "truncated", _:
            return gettext("Сұрау тым ұзын, мына сөздер есепке алынбады: %(words)s.", words=note.source)
        case "fallback", _:
            return gettext("Барлық сөзі бар мақала аз, сондықтан сөздердің кейбірі ғана бар мақалалар да көрсетілді.")
    raise ValueError(f"a note without a sentence: {note}")


def _syntax(note: Note) -> str:
    """What was read as a sign or an operator of the query language, or was not."""
    match note.kind, note.reason:
        case "operator", "near":
            return gettext(
                "NEAR жеке сөздер мен тырнақшадағы тіркестерді ғана байланыстырады, сондықтан мынау ЖӘНЕ деп "
                "түсінілді: %(words)s.",
                words=note.source,
            )
        case "operator", _:
            return gettext(
                "Бас әріптермен жазылғандықтан, мынау іздеу операторы деп түсінілді: %(words)s.", words=note.source
            )
        case _, "operator":
            return gettext("Байланыстыратын сөзі жоқ оператор есепке алынбады: %(words)s.", words=note.source)
        case _, "quote":
            return gettext("Жабылмаған тырнақша есепке алынбады.")
        case _, "brackets":
            return gettext(
                "Жұбы жоқ, іші бос немесе тым көп қабатталған жақшалар есепке алынбады: %(signs)s", signs=note.source
            )
        case _, "star":
            return gettext(
                "Жұлдызшаның алдында кемінде екі әріп болуы керек, мұнда ол есепке алынбады: %(words)s",
                words=note.source,
            )
        case _, "field":
            return gettext(
                "Қос нүктеден кейін мәні бірден, бос орынсыз жазылады; мынау жай сөз ретінде ізделді: %(words)s",
                words=note.source,
            )
        case _, "date":
            return gettext(
                "Мұндай күн не аралық жоқ, сондықтан есепке алынбады: %(dates)s. Күннің үлгісі: %(examples)s.",
                dates=note.source,
                examples="2018, 2018-10, 2018-10-16, 2018-10..2018-12",
            )
        case _:
            return gettext("Мына таңбалар есепке алынбады: %(signs)s", signs=note.source)


def offer(suggestion: Suggestion, facets: Table) -> str:
    """What another search is, as a few words before the number of its hits."""
    field, value = suggestion.dropped
    match suggestion.kind:
        case "layout" | "script":
            return gettext("«%(text)s» деп іздеу", text=suggestion.text)
        case "spelling":
            return gettext("жазылуы ұқсас сөздерді де іздеу")
        case "smart":
            return gettext("сөздің барлық түрін іздеу")
        case "scope":
            return gettext("мақаланың бәрінен іздеу")
        case "filter":
            return gettext("мына сүзгісіз іздеу: %(field)s – %(value)s", field=labels.field(facets[field]), value=value)
        case "filters":
            return gettext("сүзгісіз іздеу")
        case "dates" if field:
            return gettext("күнін шектемей іздеу")
        case "dates":
            return gettext("бүкіл жыл бойынша іздеу")
        case "fields":
            return gettext("сұраудағы өріс пен күн шарттарынсыз іздеу")
        case "quotes":
            return gettext("тырнақшасыз іздеу")
        case "any":
            return gettext("сөздердің кез келгені бойынша іздеу")
        case "loosest":
            return gettext("барлық шектеуді алып тастап іздеу")
    raise ValueError(f"a suggestion without a sentence: {suggestion}")
