"""What the site keeps of its readers, in words: the site's own, else what Izde itself does, as it is set up."""

from search.querylog import CUT
from search.settings import Settings

from .translate import gettext


def text(settings: Settings) -> tuple[str, ...]:
    """The paragraphs of the privacy page in the reader's language. They are plain text."""
    log = _logged(settings) if settings.query_log else gettext("Іздеу сұраулары журналға жазылмайды.")
    return (
        gettext(
            "Іздеу үшін тіркелудің керегі жоқ. Сайт cookie файлдарын қоймайды, бөгде сервистердің есептегіштері мен "
            "жарнамасын, сыртқы қаріптер мен скриптерді пайдаланбайды."
        ),
        log,
        gettext(
            "Іздеу жолына теріп жатқан мәтініңіз ұсыныс көрсету үшін сайттың серверіне жіберіледі, бірақ сұраулар "
            "журналына жазылмайды."
        ),
        gettext(
            "Кез келген сайттағыдай, веб-сервер қай мекенжай қашан және қай IP мекенжайдан сұралғанын техникалық "
            "журналға жазуы мүмкін. Ондай журналдың қанша сақталатынын сайттың иесі белгілейді."
        ),
        gettext(
            "Көрініс баптаулары (түсі, мәтін өлшемі, пернелер) тек өз браузеріңізде сақталады, серверге жіберілмейді. "
            "Оларды браузердегі сайт деректерін тазалап, кез келген уақытта өшіруге болады."
        ),
        gettext(
            "Сұрау мәтіні беттің мекенжайында тұрады. Сондықтан ол браузер тарихында қалады, ал сілтемені біреуге "
            "жіберсеңіз, оған да көрінеді."
        ),
        gettext("Мақаладан дереккөздің сайтына өткенде, ол жақта сол сайттың өз ережелері қолданылады."),
    )


def _logged(settings: Settings) -> str:
    """What the query log holds, and how long."""
    kept = {
        "hash": gettext("сұраудың мәтіні емес, одан есептелген қысқа код"),
        "full": gettext("сұраудың толық мәтіні"),
        "cut": gettext("сұраудың алғашқы %(count)s таңбасы", count=CUT),
    }[settings.query_log_text]
    return gettext(
        "Іздеуді жақсарту үшін сұраулар журналға жазылады: уақыты, %(kept)s және табылған мақалалар саны. Журналда кім "
        "іздегені жазылмайды: IP мекенжай да, браузер де, cookie де жоқ. Жазба %(days)s күннен кейін өшіріледі.",
        kept=kept,
        days=settings.query_log_days,
    )
