"""A small archive of our own for the tests of corrections, and its vocabulary."""

from search.kazakh import Analyzer
from search.vocabulary import Vocabulary, VocabularyWriter

ANALYZER = Analyzer()

ARTICLES = (
    "Ауылда жаңа мектеп ашылды, мұғалімдер оқушыларды гүлмен қарсы алды.",
    "Мектептердің жанындағы кітапханалар кешке дейін жұмыс істейді.",
    "Мектепке баратын жол жөнделіп, көшеге жарық түсті.",
    "Аудан әкімі егін жинау науқанының барысын айтып берді.",
    "Әкімдік жаңа саябақ салуға қаржы бөлді.",
    "Облыстық форумға төрт жүзден астам кәсіпкер келді.",
    "Форумда ауыл шаруашылығының болашағы талқыланды.",
    "Қазақстан құрамасы Еуропа біріншілігінде екі алтын медаль жеңіп алды.",
    "Қазақстан мен Өзбекстан шекарасында жаңа өткізу бекеті ашылады.",
    "Балалар ата-анасымен бірге театр қойылымын тамашалады.",
    "Теңіз жағасындағы қалада метро салынбайды, бірақ жаңа автобустар жүреді.",
    "Books and reading festival: кітап оқу айлығы басталды.",
    "Қала тұрғындары су тасқынынан зардап шеккендерге көмек жинады.",
)


def vocabulary_of(path, articles=ARTICLES):
    writer = VocabularyWriter()
    for text in articles:
        terms = ANALYZER.terms(text, "kk")
        writer.add(zip(terms.exacts, terms.keys, terms.stems, strict=True))
    writer.write(path)
    return Vocabulary.open(path)
