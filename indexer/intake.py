"""Takes the records of a run in: articles to the spool, everything else to counts, by input."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from .fingerprints import Fingerprints, of_rejected
from .harvest import Harvest
from .plan import Plan
from .printable import printable
from .records import Cleaned, Held, Rejected, Superseded
from .report import MOST_REMARKS, InputReport, Remark
from .spool import Spool


class Intake:
    """What a run has read.

    known: the hashes of the records that the last run rejected. withdrawn: ids of articles that stay out.
    """

    def __init__(self, spool: Spool, known: Iterable[bytes], withdrawn: Collection[str] = ()) -> None:
        self.spool = spool
        self.rejected: list[Rejected] = []
        self.new: list[Rejected] = []
        self._known = frozenset(known)
        self._out = frozenset(withdrawn)
        self._read: Counter[str] = Counter()
        self._duplicates: Counter[str] = Counter()
        self._withdrawn: Counter[str] = Counter()
        self._held: Counter[str] = Counter()
        self._remarked: Counter[str] = Counter()
        self._remarks: dict[str, list[Remark]] = {}

    def take(self, records: Iterable[Cleaned | Rejected]) -> None:
        """Read everything.

        Raises:
            IndexerError: an input is missing or empty.
            OSError: the disk is full.
        """
        for record in records:
            self._read[record.input] += 1
            if isinstance(record, Cleaned):
                self._accept(record)
            elif isinstance(record, Superseded):
                self._duplicates[record.input] += 1
                self._remark(record, record.id, (record.reason,))
            elif isinstance(record, Held):
                self._held[record.input] += 1
            else:
                self._reject(record)
        self.spool.finish()

    def errors(self) -> list[tuple[str, int, int]]:
        """For each input its name, the records that were rejected, and those that were read."""
        rejected = Counter(one.input for one in self.rejected)
        return [(printable(name), rejected[name], read) for name, read in self._read.items()]

    def inputs(
        self, plan: Plan, before: Fingerprints | None, harvests: Mapping[str, Harvest]
    ) -> tuple[InputReport, ...]:
        """The counts of each input, in the order they were read; then inputs that are gone, with what they held."""
        kinds = {one: entry.kind[0] for one, entry in self.spool.entries.items()}
        added, changed, unchanged = (Counter(kinds[i] for i in ids) for ids in (plan.add, plan.change, plan.keep))
        removed = Counter(before.input_of(one) for one in plan.remove) if before else Counter()
        rejected, quarantined = (Counter(one.input for one in some) for some in (self.new, self.rejected))
        shown = {printable(name) for name in self._read}
        return tuple(
            InputReport(
                name=printable(name),
                read=self._read[name],
                added=added[name],
                changed=changed[name],
                removed=removed[printable(name)],
                unchanged=unchanged[name],
                rejected=rejected[name],
                quarantined=quarantined[name],
                duplicates=self._duplicates[name],
                withdrawn=self._withdrawn[name],
                held=self._held[name],
                harvest=harvests.get(name),
                remarked=self._remarked[name],
                remarks=tuple(self._remarks.get(name, ())),
            )
            for name in (*self._read, *(name for name in removed if name not in shown))
        )

    def duplicates(self) -> int:
        """Records whose id came again later."""
        return self._duplicates.total()

    def withdrawn(self) -> int:
        """Records of articles that stay out."""
        return self._withdrawn.total()

    def _accept(self, cleaned: Cleaned) -> None:
        if cleaned.article.id in self._out:
            self._withdrawn[cleaned.input] += 1
            return
        before = self.spool.entries.get(cleaned.article.id)
        try:
            self.spool.add(cleaned)
        except ValueError as error:
            where = (cleaned.input, cleaned.file, cleaned.line, cleaned.article.id)
            self._reject(Rejected(*where, f"cannot be stored: {error}"))
            return
        remarks = list(cleaned.remarks)
        if before is not None:
            self._duplicates[before.kind[0]] += 1
            remarks.append("another record before it has the same id; this one is taken")
        self._remark(cleaned, cleaned.article.id, remarks)

    def _remark(self, record: Cleaned | Rejected, article_id: str, remarks: Sequence[str]) -> None:
        self._remarked[record.input] += len(remarks)
        listed = self._remarks.setdefault(record.input, [])
        for one in remarks[: MOST_REMARKS - len(listed)]:
            listed.append(Remark(printable(record.file), record.line, printable(article_id), printable(one)))

    def _reject(self, rejected: Rejected) -> None:
        self.rejected.append(rejected)
        if of_rejected(rejected) not in self._known:
            self.new.append(rejected)
