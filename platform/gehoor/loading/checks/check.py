"""A check: what is judged of a department, in which pass, and with which codes it says that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from functools import cached_property, partial
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.actions import written
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.parse import agreement_of, build_agreement
from gehoor.core.analysis.domains import Domain, domain_of
from gehoor.core.analysis.satisfiability import Judge, words_in
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.facts import LATE_TERMS, FactType, member_name
from gehoor.core.text.canonical_json import dump
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.logic import logic_of
from gehoor.loading.checks.said import Said, things
from gehoor.loading.checks.sound import Sound, digest_of
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path, Spots
from gehoor.loading.workspace.organisation import OrganisationFiles

Key: TypeAlias = tuple[bytes, tuple[tuple[str, bytes], ...]]
"""What a thing says, and what each field says that it names."""


OF_JUDGE: Final = ("terms",)
"""What a judge knows beside forms, and what rules ask of the register: which terms can be late."""


class Pass(IntEnum):
    """When a check is made. A pass begins when those before it found no errors: else one slip gives a flood."""

    REFERENCES = 1
    """Every part is there, and is right by itself."""
    CONSISTENCY = 2
    """The parts fit together."""
    DERIVATION = 3
    """The values that rules give can be worked out."""
    ANALYSIS = 4
    """The agreement does what it says: it can be built, and is judged as a whole."""


@dataclass(frozen=True)
class Subject:
    """A department that is checked. ``broken``: what could not be read of it, and is not held against the rest;
    ``like``: the department that it is like but for who it is."""

    files: OrganisationFiles
    whole: Sourced
    broken: Broken
    engine: RuleEngine
    """One for all departments: what most of them ask of their rules is the same."""
    sound: Sound = field(default_factory=Sound)
    like: Subject | None = None
    settled: dict[Path, bytes] = field(default_factory=dict)
    """The digests of things of which the values got their type."""
    _logic: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The vocabulary that each file is written in."""
        return self.files.vocabularies()

    @cached_property
    def places(self) -> dict[str, str]:
        """Where each rule, term and row of a table stands: file and line."""
        return self.like.places if self.like else places_of(self.whole)

    @cached_property
    def agreement(self) -> Agreement:
        """The agreement; only from the pass on in which it can be built."""
        if self.like:
            return agreement_of(self.like.agreement, self.document, self.text)
        parts = self.sound.parts_of(self.files.id, self.document["department"]["id"])
        parts.says, parts.text = self.said.section, self.text
        return build_agreement(self.document, self.places, parts)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The canonical document that is published: the whole, with rights as documents say them."""
        rights = written(self.whole.data.get("rights") or {})
        # An agreement is known by its text: everything keeps its place.
        changed = ((name, rights if name == "rights" else value) for name, value in self.whole.data.items())
        return {name: value for name, value in changed if name != "rights" or value}

    @cached_property
    def text(self) -> str:
        """The document as a text. Sections that say what they said before are not written anew."""
        sections = (f"{dump(name)}:{self._text_of(name, said)}" for name, said in self.document.items())
        return f"{{{','.join(sections)}}}"

    def _text_of(self, section: str, said: Any) -> str:
        if self.like and section == "department":
            return dump(said)
        return self.sound.text_of(section, (self.like or self).said.section(section), partial(dump, said))

    @cached_property
    def written(self) -> Said:
        """What is said, as files write it: until values get their type."""
        return Said(self.whole.data)

    @cached_property
    def said(self) -> Said:
        """What is said, once values have their type."""
        return Said(self.whole.data, self.settled)

    @cached_property
    def named(self) -> Mapping[Path, Key]:
        """Of each thing what it says, as files write it, and what the fields of the dossier say that it names."""
        own: Path = ("forms", DOSSIER_FORM, "properties")
        written = self.written.things
        fields = {name: written[*own, name] for name in self.whole.at(own) or ()}
        asked, known = fields.keys(), self.sound.words
        found: dict[Path, Key] = {}
        for one in things(self.whole.data):
            said = written[one.path]
            words = known.get(said)
            if words is None:
                words = known[said] = frozenset(words_in(one.said))
            found[one.path] = said, tuple([(name, fields[name]) for name in sorted(words & asked)])
        return found

    def words_of(self, path: Path) -> frozenset[str]:
        """Return every word in a thing."""
        return self.sound.words[self.written.things[path]]

    def logic(self, section: str) -> bytes:
        """Return what a section decides, by digest; nothing where there is none."""
        if section not in self._logic:
            found = [(path, self.logic_of(path)) for path, _ in self.said.all_in(section)]
            self._logic[section] = digest_of(found) if section in self.whole.data else b""
        return self._logic[section]

    def logic_of(self, path: Path) -> bytes:
        """Return what a thing decides, by digest."""
        place = path[:1] if path[0] == "rule-examples" else path
        known, key = self.sound.logic, (place, self.said.things[path])
        if key not in known:
            known[key] = digest_of(logic_of(path, self.whole.at(path)))
        return known[key]

    @cached_property
    def judge(self) -> Judge:
        """Who judges the conditions of the agreement. It knows what each field can hold, and each member of a list;
        what the register can give; which terms can be late."""
        asked = self.agreement.dossier_form.fields
        fields = {name: domain_of(field) for name, field in asked.items()}
        members = {
            member_name(name, member): domain_of(inner)
            for name, field in asked.items()
            for member, inner in field.members.items()
        }
        counted = dict.fromkeys(
            self.agreement.register_questions, Domain(FactType.INTEGER, minimum=Decimal(0))
        )
        late = Domain(FactType.CODES, frozenset(self.agreement.terms))
        return Judge({**fields, **members, **counted, LATE_TERMS: late})


@dataclass(frozen=True, slots=True)
class Check:
    """One check. ``codes``: what it can say; each has its sentence and its page of explanation. ``each``: it is made of
    every department that is put together, as it settles what later checks go by. ``who``: it is about who a department
    is, and is made of each, also of one that is like another in all else."""

    stage: Pass
    codes: tuple[str, ...]
    find: Callable[[Subject], Iterable[Problem]]
    each: bool = False
    who: bool = False
    goes_by: tuple[str, ...] = ()
    """The sections of which the logic is all that it goes by: where it found nothing wrong in the same before, it finds
    nothing now. Without any, and without ``reads``: it is made each time."""
    reads: tuple[str, ...] = ()
    """The sections of which each word counts."""

    def problems(self, subject: Subject) -> Iterable[Problem]:
        """Return what it finds."""
        if not self.goes_by and not self.reads:
            return self.find(subject)
        said = (*map(subject.logic, self.goes_by), *map(subject.said.section, self.reads))
        return subject.sound.unless(self.codes[0], said, partial(self.find, subject))


def places_of(whole: Sourced) -> dict[str, str]:
    """Return where each rule, term and row of a table stands: file and line."""
    named = {
        f"{section}/{name}": spots.own.key
        for section in ("rules", "terms", "tables", "tasks", "retention")
        for name, spots in (whole.spots.branch((section,)) or Spots()).below.items()
        if spots.own
    }
    # Where a department says how long a term lasts, that is where its dates come from.
    lengths = {f"terms/{name}": whole.spot(("terms", name, "within")).key for name in whole.data["terms"]}
    named |= {name: place for name, place in lengths.items() if place.file != named[name].file}
    return {name: f"{place.file}:{place.line}" for name, place in named.items()} | {
        f"tables/{name}/{index + 1}": f"{spot.value.file}:{spot.value.line}"
        for name, table in whole.data["tables"].items()
        for index in range(len(table["rows"]))
        if (spot := whole.spots.exact(("tables", name, "rows", index)))
    }
