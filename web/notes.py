"""What was done with the query, in the reader's language."""

from flask_babel import gettext

from search.model import Note, Suggestion

from . import labels


def sentence(note: Note) -> str:
    """The note as one sentence."""
    match note.kind, note.reason:
        case "layout", _:
            return gettext(
                "Басқа пернетақтада терілген деп ұғынып, «%(typed)s» орнына «%(meant)s» іздедік.",
                typed=note.source,
                meant=note.target,
            )
        case "typo", _:
            return gettext(
                "«%(typed)s» деген сөз табылмады, «%(meant)s» деп іздедік.", typed=note.source, meant=note.target
            )
        case "dropped", "quote":
            return gettext("Жабылмаған тырнақша есепке алынбады.")
        case "dropped", _:
            return gettext("Мына таңбалар есепке алынбады: %(signs)s", signs=note.source)
        case "stopwords", _:
            return gettext("Көмекші сөздердің болуы міндетті емес: %(words)s.", words=note.source)
        case "synonym", _:
            return gettext("«%(words)s» былай да ізделді: %(others)s.", words=note.source, others=note.target)
        case "truncated", _:
            return gettext("Сұрау тым ұзын, мына сөздер есепке алынбады: %(words)s.", words=note.source)
        case "fallback", _:
            return gettext("Барлық сөзі бар мақала аз, сондықтан сөздердің кейбірі ғана бар мақалалар да көрсетілді.")
    raise ValueError(f"a note without a sentence: {note}")


def offer(suggestion: Suggestion) -> str:
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
            return gettext("мына сүзгісіз іздеу: %(field)s – %(value)s", field=labels.parameter(field), value=value)
        case "filters":
            return gettext("сүзгілерсіз іздеу")
        case "dates" if field:
            return gettext("күнін шектемей іздеу")
        case "dates":
            return gettext("бүкіл жыл бойынша іздеу")
        case "quotes":
            return gettext("тырнақшасыз іздеу")
        case "any":
            return gettext("сөздердің кез келгені бойынша іздеу")
        case "loosest":
            return gettext("барлық шектеуді алып тастап іздеу")
    raise ValueError(f"a suggestion without a sentence: {suggestion}")
