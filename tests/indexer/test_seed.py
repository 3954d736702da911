from pathlib import Path

import pytest

from indexer.reading import articles
from indexer.records import Cleaned
from indexer.specs import input_specs
from search.settings import Settings

SEED = Path(__file__).parents[3] / "shared" / "corpus" / "seed"


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article (../shared/corpus/seed) is not here")
def test_the_seed_is_read_right():
    [item] = articles(input_specs([SEED], Settings(source="Азаматтық сектор")))
    assert isinstance(item, Cleaned)
    article = item.article
    assert article.id == "azamattyq-sektor"
    assert article.title.isupper()
    assert article.title.startswith("АЗАМАТТЫҚ СЕКТОРДЫ")
    assert (article.category, article.source, article.author) == ("Құқық", "Азаматтық сектор", "")
    assert article.published.isoformat() == "2018-10-16T00:44:00+06:00"
    assert (article.lang, article.script) == ("kk", "Cyrl")
    paragraphs = article.body.split("\n\n")
    assert len(paragraphs) == 10
    assert all(paragraph.strip("\u00a0 ") == paragraph for paragraph in paragraphs)
    assert article.body.endswith("талқылады.")
    assert item.remarks == ("not part of the article: 'Сұхбат'", "not part of the article: 'PhotoRoom'")
