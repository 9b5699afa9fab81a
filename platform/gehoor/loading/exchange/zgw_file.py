"""The mapping of an export to ZGW: read as other files are, and held against the agreements in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gehoor.core.agreement.model import Agreement
from gehoor.core.exchange.zgw_mapping import ZgwMapping, build_zgw, is_rsin, iso_duration
from gehoor.core.forms.fields import Field
from gehoor.core.text.problems import Problem, errors
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.source_map import Path as SpotPath
from gehoor.loading.merge.source_map import Spots
from gehoor.loading.workspace.file import load_file


@dataclass
class ZgwFile:
    """A mapping with where its parts stand, or what is wrong with its file."""

    mapping: ZgwMapping | None = None
    problems: list[Problem] = field(default_factory=list)
    spots: Spots = field(default_factory=Spots)


def load_zgw(file: Path) -> ZgwFile:
    """Load a mapping. Nothing in a file makes this raise."""
    loaded = load_file(file.parent, file.name, "zgw")
    if errors(loaded.problems):
        return ZgwFile(problems=loaded.problems)
    data = loaded.canonical.data
    found = ZgwFile(None, loaded.problems, loaded.canonical.spots)
    found.problems += _of_file(data["zgw"], found.spots)
    if not errors(found.problems):
        found.mapping = build_zgw(data)
    return found


def zgw_problems(found: ZgwFile, agreements: Iterable[Agreement]) -> list[Problem]:
    """Return what of a mapping does not fit the agreements in force: all has to be in one of them at least, and of each
    level of confidentiality and each outcome in any something has to be said."""
    if found.mapping is None:
        return []
    check = _Check(found.mapping, found.spots, tuple(agreements))
    return sorted(check.problems(), key=lambda one: (one.place.line, one.place.column))


def _of_file(said: dict[str, object], spots: Spots) -> Iterator[Problem]:
    if not is_rsin(str(said["rsin"])):
        yield _unfit(spots, ("zgw", "rsin"), str(said["rsin"]), "rsin")
    case = said["case-type"]
    assert isinstance(case, dict)
    if iso_duration(str(case["lead-time"])) is None:
        yield _unfit(spots, ("zgw", "case-type", "lead-time"), str(case["lead-time"]), "doorlooptijd")
    results = said["results"]
    assert isinstance(results, dict)
    kinds: list[tuple[SpotPath, dict[str, object]]] = [
        (("by-answer", name), one) for name, one in results.get("by-answer", {}).items()
    ]
    if "otherwise" in results:
        kinds.append((("otherwise",), results["otherwise"]))
    for path, one in kinds:
        after = one.get("archive-after")
        if after and iso_duration(str(after)) is None:
            yield _unfit(spots, ("zgw", "results", *path, "archive-after"), str(after), "archiefactietermijn")


def _unfit(spots: Spots, path: SpotPath, value: str, of: str) -> Problem:
    return Problem(spots.nearest(path).value, "waarde-past-niet", {"value": value, "field": of})


@dataclass(frozen=True)
class _Check:
    mapping: ZgwMapping
    spots: Spots
    agreements: tuple[Agreement, ...]

    def problems(self) -> Iterator[Problem]:
        yield from self._names()
        yield from self._levels()
        yield from self._results()

    def _names(self) -> Iterator[Problem]:
        mapping = self.mapping
        phases = {one for agreement in self.agreements for one in agreement.phases}
        milestones = {one for agreement in self.agreements for one in agreement.milestones}
        terms = {one for agreement in self.agreements for one in agreement.terms}
        for phase in mapping.statuses:
            yield from self._known(("status-names", phase), "De fase", phase, phases)
        for name in mapping.properties:
            yield from self._known(("case-properties", name), "Het veld", name, self._fields)
        if mapping.decided_at:
            where = ("decision-type", "reached-at")
            yield from self._known(where, "De mijlpaal", mapping.decided_at, milestones, key=False)
        if mapping.due_by:
            yield from self._known(("due-by",), "De termijn", mapping.due_by, terms, key=False)

    @property
    def _fields(self) -> dict[str, Field]:
        return {one: of for agreement in self.agreements for one, of in agreement.dossier_form.fields.items()}

    def _levels(self) -> Iterator[Problem]:
        mapping = self.mapping
        levels = {
            one: level for agreement in self.agreements for one, level in agreement.confidentiality.items()
        }
        for level in mapping.designations:
            yield from self._known(("designations", level), "Het niveau", level, levels)
        for level, one in levels.items():
            if not one.everyone and level not in mapping.designations:
                missing = f"de aanduiding van het niveau '{level}'"
                yield self._missing("designations" if mapping.designations else "designation", missing)

    def _results(self) -> Iterator[Problem]:
        mapping, name = self.mapping, self.mapping.result_field
        if not name:
            return
        yield from self._known(("results", "outcome-field"), "Het veld", name, self._fields, key=False)
        codes = [choice.code for choice in self._fields[name].choices] if name in self._fields else []
        for code in mapping.results if codes else ():
            yield from self._known(("results", "by-answer", code), "Het antwoord", code, codes)
        for code in codes if mapping.otherwise is None else ():
            if code not in mapping.results:
                yield self._missing("results", f"wat er met '{code}' gebeurt, of 'anders'")

    def _known(
        self, path: SpotPath, what: str, value: str, known: Iterable[str], *, key: bool = True
    ) -> Iterator[Problem]:
        there = list(known)
        if value not in there:
            spot = self.spots.nearest(("zgw", *path))
            details = {"what": what, "value": value, "where": "", "hint": hint(value, there)}
            yield Problem(spot.key if key else spot.value, "verwijst-naar-niets", details)

    def _missing(self, part: str, missing: str) -> Problem:
        spot = self.spots.nearest(("zgw", part))
        return Problem(spot.key, "ontbreekt", {"missing": missing, "hint": ""})
