"""The names that an organisation gave to things, and which keyword names which kind of thing."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import type_of
from gehoor.core.proposals.sheets import Choice, told_apart
from gehoor.core.retention.anonymisation import is_kept_as_written
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.checks.references.reference_places import references
from gehoor.loading.editing.spans import Step
from gehoor.loading.sheets.conditions import AskedFields, fields_at
from gehoor.loading.source.fingerprints import Fingerprint, fingerprint
from gehoor.loading.workspace.adapted_reports import ADAPTATIONS
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.organisation import OrganisationFiles, load_organisation

_ASKED: Final = "?"
_NUMERIC: Final = frozenset({"integer", "number"})
_NUMBERS: Final = ("mean-of", "sum-of")
_COUNTED: Final = ("per", "and-per", *_NUMBERS)
_TABLE: Final = "figures"
_A_DAY: Final = {"type": "string", "format": "date"}


@lru_cache(maxsize=2)
def _loaded(workspace: Path, organisation: str, _seen: Fingerprint) -> OrganisationFiles:
    return load_organisation(workspace, organisation)


def files_of(workspace: Path, organisation: str) -> OrganisationFiles:
    """Return the files of an organisation; read once as long as nothing in the workspace changes. Not to be changed by
    who asks."""
    return _loaded(workspace, organisation, fingerprint(workspace))


_ALL_FORMS: Final = "forms"


@dataclass
class KnownNames:
    """The names of an organisation, as its first department has them, or the one that a file is of."""

    workspace: Path
    organisation: str
    department: str = ""
    _found: dict[str, tuple[Choice, ...]] = field(default_factory=dict)

    @cached_property
    def files(self) -> OrganisationFiles:
        """The files of the organisation."""
        return files_of(self.workspace, self.organisation)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The canonical data of a department, as far as it can be read."""
        files = self.files
        wanted = (
            self.department if self.department in files.departments else next(iter(files.departments), "")
        )
        return assemble(files, wanted, []).data if wanted else {}

    def of(self, group: str) -> tuple[Choice, ...]:
        """Return what can be named of a kind: each with how people know it."""
        if group not in self._found:
            self._found[group] = _choices(self._things(group))
        return self._found[group]

    def given_by_rules(self, keyword: str) -> tuple[Choice, ...]:
        """Return what rules can give of a kind (a keyword of effects) that has no name: duties, marks."""
        said = [one[keyword] for _, one in effect_places(self.data) if isinstance(one.get(keyword), str)]
        return tuple(Choice(one, one) for one in dict.fromkeys(said))

    def asked(self, canonical: tuple[Step, ...]) -> AskedFields:
        """Return the fields that a condition at a place (canonical path) can be about; of the last days of terms, the
        terms."""
        if canonical[-1:] == ("terms",) and "expect" in canonical:
            terms = self._things("terms").items()
            return AskedFields({name: {"title": one.get("name", name), **_A_DAY} for name, one in terms})
        return fields_at(self.data, self._things("fields"), canonical)

    def _things(self, group: str) -> Mapping[str, Any]:
        if group == "fields":
            form = (self.data.get(_ALL_FORMS) or {}).get(DOSSIER_FORM) or {}
            return form.get("properties") or {}
        found = self.data.get(group) or {}
        return found if isinstance(found, Mapping) else {}


def _choices(things: Mapping[str, Any]) -> tuple[Choice, ...]:
    named = (
        (name, one.get("name") or one.get("title") if isinstance(one, Mapping) else None)
        for name, one in things.items()
    )
    return told_apart((name, said if isinstance(said, str) else name) for name, said in named)


def named_kind(canonical: tuple[Step, ...], keyword: str) -> str:
    """Return which kind of thing a keyword names at a place (canonical path); empty: none. Asked of what finds every
    reference, with a name that nobody has."""
    for value in (_ASKED, [_ASKED]):
        try:
            found = list(references(_skeleton(canonical, {keyword: value})))
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
        for one in found:
            if one.value == _ASKED:
                return one.group
    return ""


def _skeleton(path: tuple[Step, ...], inside: Any) -> dict[str, Any]:
    made: Any = inside
    for step in reversed(path):
        made = {step: made} if isinstance(step, str) else [made]
    return made if isinstance(made, dict) else {}


def counted_names(names: KnownNames, path: tuple[Step, ...], keyword: str) -> tuple[Choice, ...]:
    """Return what can be named at a keyword of a table or a chapter of a report (canonical path); nothing at another
    one."""
    if keyword in _COUNTED and _TABLE in path:
        form = (names.data.get("forms") or {}).get(DOSSIER_FORM) or {}
        moments = frozenset(_texts([names.data.get(one) for one in ("milestones", "terms")]))
        return told_apart(_fields(form.get("properties") or {}, moments, numbers=keyword in _NUMBERS))
    if path[:1] == (ADAPTATIONS,) and len(path) > 1 and keyword in ("take", "without", "kept-inside"):
        return tuple(Choice(one, one) for one in _taken_from(names, str(path[1]), keyword))
    return ()


def _texts(said: Any) -> Iterator[str]:
    """Give every text that stands somewhere in data, other than the names of members."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping | list):
        for one in said.values() if isinstance(said, Mapping) else said:
            yield from _texts(one)


def _fields(form: Mapping[str, Any], moments: Container[str], *, numbers: bool) -> Iterator[tuple[str, str]]:
    """Give what can be counted, and stays when a dossier is anonymised. ``moments``: what marks milestones and terms,
    which always stays, and perhaps more."""
    for name, of in form.items():
        called = _called(name, of)
        if _counts(of, numbers=numbers) and (name in moments or is_kept_as_written(of)):
            yield name, called
        members = (of.get("items") or {}).get("properties") if isinstance(of.get("items"), dict) else {}
        for member, one in (members or {}).items():
            is_kept = member in moments or is_kept_as_written(one, in_rows=True)
            if _counts(one, numbers=numbers) and is_kept:
                yield f"{name}.{member}", f"{called}: {_called(member, one)}"


def _counts(of: Mapping[str, Any], *, numbers: bool) -> bool:
    known = type_of(of)
    return known is not None and known.countable and (not numbers or of.get("type") in _NUMERIC)


def _called(name: str, of: Mapping[str, Any]) -> str:
    said = of.get("title")
    return said if isinstance(said, str) else name


def _taken_from(names: KnownNames, report: str, keyword: str) -> Iterator[str]:
    for file in names.files.reports.values():
        for chapter in ((file.canonical.data.get("reports") or {}).get(report) or {}).get("chapters") or ():
            if keyword == "take":
                yield str(chapter.get("name"))
            else:
                yield from (str(one.get("name")) for one in chapter.get(_TABLE) or ())
