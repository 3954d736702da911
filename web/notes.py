"""What was done with the query, in the reader's language."""

from flask_babel import gettext

from search.model import Note


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
