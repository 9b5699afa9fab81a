"""Searching dossiers by their words, within what someone may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from gehoor.core.access.roles import departments_of, may_open
from gehoor.core.text.contacts import phone_word
from gehoor.core.text.excerpts import Excerpt, excerpt
from gehoor.services.access.confidentiality import is_cleared, kept_from_by
from gehoor.services.access.summary_rights import summary_for
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Document
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

MOST: Final = 100
"""Who finds more than this, looks for something narrower."""
PAGE: Final = 25
LONGEST: Final = 200
"""How many signs of what was typed count."""
_MOST_WORDS: Final = 12
_BATCH: Final = MOST + 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A dossier that was found: as someone may see it, and where the words stand."""

    summary: Summary
    department_name: str
    where: str
    """The label of the answer, or what else it is."""
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class FoundDossiers:
    """A page of what was found, how many there are in all, and whether there are more than are listed."""

    hits: tuple[Hit, ...]
    total: int
    more: bool
    page: int

    @property
    def last_page(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.total // PAGE))


def search(runtime: Runtime, account: Account, typed: str, now: datetime, page: int = 1) -> FoundDossiers:
    """Return the dossiers in which each word that was typed begins one, the last opened first.

    Of each dossier only the text for this account is read, under the agreement that it is pinned to.
    """
    words = _words(typed[:LONGEST])
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        found, more = _found(_seen_by(runtime, register, account, staff, words))
        chosen = list(found.values())[(page - 1) * PAGE : page * PAGE]
        hits = [
            _hit(runtime, register, account, staff, summary, document, words) for summary, document in chosen
        ]
    return FoundDossiers(tuple(hits), len(found), more, page)


def all_found(runtime: Runtime, account: Account, typed: str, now: datetime) -> list[str]:
    """Return all the dossiers (ids) that ``search`` lists, in its order."""
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        found, _more = _found(_seen_by(runtime, register, account, staff, _words(typed[:LONGEST])))
    return list(found)


def _found(seen: Iterable[tuple[Summary, Document]]) -> tuple[dict[str, tuple[Summary, Document]], bool]:
    """Return what is listed of what may be seen, each dossier once, and whether there is more."""
    found: dict[str, tuple[Summary, Document]] = {}
    for summary, document in seen:
        if summary.id not in found and len(found) == MOST:
            return found, True
        found.setdefault(summary.id, (summary, document))
    return found, False


def matching(
    runtime: Runtime, account: Account, typed: Iterable[str], most: int, now: datetime
) -> dict[str, Summary]:
    """Return dossiers, by id, in which all words of one of some texts begin one: of each text the last opened, a page
    of them, until there are ``most``. Without where the words stand, which takes the most time."""
    found: dict[str, Summary] = {}
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        for text in typed:
            listed = set[str]()
            for summary, _ in _seen_by(runtime, register, account, staff, _words(text)):
                listed.add(summary.id)
                if len(listed) > PAGE:
                    break
                if summary.id not in found:
                    found[summary.id] = summary_for(
                        account, summary, register=register, library=runtime.library, staff=staff
                    )
                if len(found) == most:
                    return found
    return found


def _words(typed: str) -> list[str]:
    """Return what to look for; a phone number is one word, however it was written."""
    number = phone_word(typed)
    return [number] if number else typed.split()[:_MOST_WORDS]


def _seen_by(
    runtime: Runtime, register: Register, account: Account, staff: Staff, words: list[str]
) -> Iterator[tuple[Summary, Document]]:
    """Yield what was found and may be seen, the last first."""
    published = register.published_departments()
    places = departments_of(account.roles, published)
    if not places or not words:
        return
    organisations = sorted({organisation for organisation, _ in places})
    departments = sorted({department for _, department in places})
    where: Mapping[str, list[str]] = {"organisation": organisations, "department": departments}
    offset = 0

    @cache
    def cleared(key: str) -> bool:
        """Ask once of the many dossiers that ask the same."""
        return is_cleared(register, runtime.library, staff, account.name, key)

    def exists(one: Summary) -> bool:
        place = (one.organisation, one.department)
        return may_open(account.name, account.roles, place, one.excluded) and cleared(one.clearance)

    while True:
        documents = register.tables.search("texts", words, where=where, limit=_BATCH, offset=offset)
        # All at once: asked for one by one they would take longer than the search itself.
        summaries = register.sound_summaries(document["dossier"] for document in documents)
        for document in documents:
            summary = summaries.get(document["dossier"])
            if summary is None or not exists(summary):
                continue
            if _may_read(runtime, register, account, staff, summary, document["audience"]):
                yield summary, document
        if len(documents) < _BATCH:
            return
        offset += _BATCH


def _may_read(
    runtime: Runtime,
    register: Register,
    account: Account,
    staff: Staff,
    summary: Summary,
    audience: str,
) -> bool:
    agreement = runtime.library.sound_agreement(register, summary.agreement)
    if agreement is None:
        return False
    if not audience:
        return True
    holders = staff.holders(agreement.organisation)
    hidden = kept_from_by(register, runtime.library, staff, summary.clearance, summary.excluded)
    held = holders.roles_of(agreement, account.name, hidden)
    return not held.isdisjoint(audience.split(","))


def _hit(
    runtime: Runtime,
    register: Register,
    account: Account,
    staff: Staff,
    summary: Summary,
    document: Document,
    words: list[str],
) -> Hit:
    agreement = runtime.library.agreement(register, summary.agreement)
    label, cut = excerpt(zip(document["labels"], document["texts"], strict=True), words)
    return Hit(
        summary_for(account, summary, register=register, library=runtime.library, staff=staff),
        agreement.department_name,
        label,
        cut,
    )
