"""Every setting in one table: the fields of `Settings`, each with its default, limits and help.

A setting comes from the environment (`IZDE_PER_PAGE=50`), else from a TOML file (`per_page = 50`), else the default.
`izde settings` prints the table with the source of each value.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import facets
from .errors import SettingsError
from .freshness import age
from .rates import rate
from .setting_values import checked, network, read_file, unknown, zone

PREFIX = "IZDE_"


def _setting(
    default: Any, help_: str, low: int | None = None, high: int | None = None, choices: tuple[str, ...] = ()
) -> Any:
    return field(default=default, metadata={"help": help_, "min": low, "max": high, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation, checked. `inputs` holds the `[[input]]` tables of the file as they stand."""

    index: Path = _setting(Path("var/index"), "folder of the index")
    engine: str = _setting("whoosh", "engine that new generations are built for")
    site_name: str = _setting("Ізде", "name shown in the pages")
    site_url: str = _setting(
        "", "public address, such as https://izde.example; links are relative to the request without it"
    )
    site_short: str = _setting("", "short name, at most 16 characters, for browsers and icons; `site_name` without it")
    site_owner: str = _setting("", "who publishes the site, in the footer, feeds and descriptions")
    site_email: str = _setting("", "e-mail address in the footer and the privacy page")
    site_phone: str = _setting("", "telephone number in the footer")
    site_address: str = _setting("", "postal address in the footer, one line")
    site_logo: str = _setting("", "file of the logo beside the name, SVG or PNG of at most 200,000 bytes")
    site_accent: str = _setting("", "colour of links and buttons, such as #0b6285; refused if it is too pale to read")
    site_accent_dark: str = _setting("", "the same for the dark theme, such as #82c7e6; refused if it is too dark")
    site_links: str = _setting("", "own links in the footer, as `Редакция=https://izde.example/about,Байланыс=/kk/`")
    site_privacy: str = _setting(
        "", "folder with `kk.txt`, `ru.txt`, …: the site's own words on the privacy page, plain text"
    )
    canonical: str = _setting(
        "source",
        "the canonical page of an article that has an address of its own: there (`source`), or `here`",
        choices=("source", "here"),
    )
    timezone: str = _setting("Asia/Almaty", "time zone of dates that name none")
    source: str = _setting("", "publication of articles whose record and folder name none")
    languages: str = _setting("kk,ru,en", "languages of the pages, the first is the default")
    fields: str = _setting("", "field map of records, as `headline=title,text=body`")

    max_query_chars: int = _setting(500, "longest query, in characters", 1, 4000)
    max_query_words: int = _setting(32, "words of a query that are read; the rest is dropped with a note", 1, 128)
    grow_below: int = _setting(100, "with fewer matches than this, any word of the query is enough", 0, 100_000)
    max_depth: int = _setting(8, "brackets, fields and minus inside each other in a query", 1, 32)
    max_beginnings: int = _setting(256, "forms that one `word*` stands for", 1, 4096)
    max_near: int = _setting(64, "words that one `word~` stands for", 1, 1024)
    max_expanded: int = _setting(1024, "forms and words that all of a query's `word*` and `word~` stand for", 1, 16_384)
    words: str = _setting(
        "some", "plain words that an article must have: `some` (by their weight) or `all`", choices=("some", "all")
    )
    facets: str = _setting("", "facets of this site, as `region=Аймақ,topic`: keys of records, with names for people")
    facet_ms: int = _setting(200, "time for counting facets and the chart, in milliseconds", 0, 60_000)
    prefer: str = _setting(
        "", "publications whose article stands for those that say the same, `Таң,Кеш`, best first; else the oldest does"
    )
    half_life_days: int = _setting(
        0, "days after which an article counts half as new in the order of hits; 0 leaves its age out", 0, 36_500
    )
    per_page: int = _setting(20, "hits a page", 1, 100)
    max_per_page: int = _setting(100, "most hits a page", 1, 1000)
    window: int = _setting(1000, "hits that can be paged to", 100, 10_000)
    facet_limit: int = _setting(10, "values listed in a facet", 1, 100)
    deadline_ms: int = _setting(1000, "time for one query, in milliseconds", 10, 60_000)
    export_rows: int = _setting(10_000, "hits that one export holds at most", 1, 1_000_000)
    export_s: int = _setting(120, "time for one export, in seconds; what is not sent by then is broken off", 1, 3600)
    snippet_chars: int = _setting(1_000_000, "characters of a body that snippets are looked for in", 1000, 100_000_000)
    poll_ms: int = _setting(1000, "how often a worker looks for a new generation, in milliseconds", 0, 60_000)

    curation: str = _setting("", "file of the site's own synonyms and pinned results; none without it")
    query_log: str = _setting("", "folder of the query log; nothing is logged without it")
    query_log_text: str = _setting(
        "cut", "query text in the log: `cut` after 64 characters, `hash`, or `full`", choices=("cut", "hash", "full")
    )
    query_log_days: int = _setting(90, "days that the query log is kept", 1, 3650)

    bind: str = _setting("127.0.0.1:8000", "address that `izde serve` listens on")
    workers: int = _setting(2, "processes that serve", 1, 64)
    metrics: str = _setting(
        "127.0.0.0/8,::1", "addresses and networks that may ask for /metrics, not through a proxy; empty for none"
    )
    max_requests: int = _setting(
        5000, "requests after which a worker is renewed, and up to a tenth more; 0 never", 0, 10_000_000
    )
    hosts: str = _setting(
        "", "names that the service may be asked under, as `izde.example,.izde.example`; any without it"
    )
    trusted_proxies: str = _setting(
        "127.0.0.1,::1",
        "proxies that are believed who the client is: addresses and networks, or how many stand in line",
    )
    rate_limit: str = _setting("120/minute", "requests of a client, or `off`; none for this machine itself")
    rate_limit_store: str = _setting(
        "", "where the workers count requests together, as redis://localhost:6379; each counts its own without it"
    )
    api_keys: str = _setting("", "file of the keys of API clients (`izde keys`); none without it")
    api_keys_required: str = _setting("no", "whether the API wants a key: `yes` or `no`", choices=("no", "yes"))
    cors_origins: str = _setting(
        "*", "sites whose scripts may ask the API, as `https://a.example,https://b.example`; `*` all, empty none"
    )
    access_log: str = _setting("off", "log of requests: `off`, `stderr`, or a file")
    access_log_query: str = _setting(
        "none",
        "query text in it: `none`, `cut` after 64 characters, `hash`, or `full`",
        choices=("none", "cut", "hash", "full"),
    )
    access_log_client: str = _setting(
        "none",
        "address of the client in it: `none`, `cut` to its network, `hash`, or `full`",
        choices=("none", "cut", "hash", "full"),
    )
    access_log_agent: str = _setting(
        "no", "whether it has the name of the client's program: `yes` or `no`", choices=("no", "yes")
    )
    page_cache_s: int = _setting(60, "seconds that an answer may be kept by browsers and proxies", 0, 86_400)
    cache_mb: int = _setting(
        16, "memory of a worker for answers to be given again, in megabytes; 0 keeps none", 0, 4096
    )

    lexicon: str = _setting(
        "shipped", "stem lexicon of a build: `shipped`, or `archive` to count the stems of the articles on top of it"
    )
    article_bytes: int = _setting(2_000_000, "largest article, in bytes of text", 1000, 1_000_000_000)
    memory_mb: int = _setting(256, "memory for building, in megabytes, as a guide", 16, 65_536)
    reindex_workers: int = _setting(
        0, "processes that analyse in a run; 0: as many as there are processors, one for a small archive", 0, 64
    )
    nice: int = _setting(
        10, "how far a run stands back behind other programs, for processors and disks (nice); 0: not at all", 0, 19
    )
    keep: int = _setting(2, "generations kept", 1, 100)
    max_delete: str = _setting("20%", "articles gone since the last run, as a number or a share, that stop a run")
    max_errors: str = _setting("20%", "rejected records, as a number or a share, that stop a run")
    stale_after: str = _setting(
        "24h",
        "age of the last success after which the index is stale, and a busy lock an error (minutes m, hours h, days d)",
    )
    metrics_file: str = _setting(
        "", "file for the metrics of runs, read by node-exporter; its name must end in .prom, none without it"
    )
    quarantine: Path = _setting(Path("var/quarantine"), "folder for the list of rejected records")
    harvest: Path = _setting(Path("var/harvest"), "folder for what was fetched, a file for each such input")
    harvest_s: int = _setting(
        600, "time for fetching one input, in seconds; the next run goes on where it ended", 1, 604_800
    )
    contact: str = _setting(
        "", "whom the sites that articles are fetched from may write to, an address; `site_url` without it"
    )

    inputs: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def load(cls, environ: Mapping[str, str], config: Path | None = None) -> "Settings":
        """The settings of this environment and file.

        Raises:
            SettingsError: a file that cannot be read, an unknown name in it, a value that cannot be.
        """
        return cls.load_with_sources(environ, config)[0]

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The settings of the process: environment, and the file that `IZDE_CONFIG` names."""
        import os

        return cls.load(os.environ if environ is None else environ)

    @classmethod
    def load_with_sources(
        cls, environ: Mapping[str, str], config: Path | None = None
    ) -> tuple["Settings", dict[str, str]]:
        """Settings, and for each name where its value came from: `default`, the file, or the variable."""
        if config is None and environ.get(PREFIX + "CONFIG"):
            config = Path(environ[PREFIX + "CONFIG"])
        table = read_file(config) if config else {}
        values: dict[str, Any] = {"inputs": tuple(table.pop("input", ()))}
        sources: dict[str, str] = {}
        for item in setting_fields():
            name, variable = item.name, PREFIX + item.name.upper()
            sources[name] = "default"
            if name in table:
                values[name] = checked(item, table.pop(name), f"{config}: {name}")
                sources[name] = str(config)
            if variable in environ:
                values[name] = checked(item, environ[variable], variable)
                sources[name] = variable
        if table:
            raise SettingsError(f"{config}: {unknown(sorted(table)[0], sources)}")
        settings = cls(**values)
        settings.metrics_networks  # noqa: B018  # as the next
        settings.zone  # noqa: B018  # fails here, with the setting's name, rather than at the first date
        facets.table(settings.facets, _place(sources["facets"], "facets"))
        age(settings.stale_after, _place(sources["stale_after"], "stale_after"))
        rate(settings.rate_limit, _place(sources["rate_limit"], "rate_limit"))
        return settings, sources

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return zone(self.timezone, "timezone")

    @property
    def metrics_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that may ask for metrics.

        Raises:
            SettingsError: a part of the setting is no network.
        """
        return tuple(network(part.strip(), "metrics") for part in self.metrics.split(",") if part.strip())

    @property
    def language_list(self) -> tuple[str, ...]:
        """The languages of the pages, default first."""
        return _list(self.languages)

    @property
    def preferred(self) -> tuple[str, ...]:
        """The publications whose articles lead those that say the same, the best first."""
        return _list(self.prefer)


def setting_fields() -> tuple["Field[Any]", ...]:
    """The rows of the table, in the order they are shown."""
    return tuple(item for item in fields(Settings) if item.metadata)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _place(source: str, name: str) -> str:
    """Where a setting stands, from where its value came."""
    return name if source == "default" else source if source.startswith(PREFIX) else f"{source}: {name}"
