"""Which texts the pages have, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from gehoor.core.forms.file_kinds import FILE_KINDS
from gehoor.core.wording.registry import DUTCH, LANGUAGES, sentences_in
from gehoor.web.request.languages import FIRST, known
from tests.support.places import SOURCE

PACKAGE = SOURCE / "gehoor"
WEB = PACKAGE / "web"
TRANSLATIONS = WEB / "translations"

_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}

_FOR_STAFF = (
    "approv", "already-", "closes-", "assign-", "blocked", "day-cannot", "duty-", "extend-", "no-such-",
    "not-closed", "not-suspended", "phase-", "reason-", "repin-", "suspend-", "term-", "unknown-person",
    "same-", "merge-", "send-", "goes-on-", "took-", "not-linked", "not-merged", "not-same-",
)  # fmt: skip
"""What the codes begin with of objections that nobody outside can get."""
STAFF_ONLY = (
    "templates/staff/", "templates/workbench/", "templates/draft_problems", "templates/parts/adjust",
    "templates/parts/asking",
    "templates/parts/closed", "templates/parts/enacted", "templates/parts/handbook",
    "templates/parts/keep_inside", "templates/parts/public_tables",
    "templates/parts/dossier_head", "templates/parts/dossier_rooms", "templates/parts/letter_actions",
    "templates/parts/letter_pdf", "templates/parts/mail_drop", "templates/parts/new_code", "templates/parts/notes",
    "templates/parts/draft", "templates/parts/duties", "templates/parts/handler",
    "templates/parts/kept", "templates/parts/related", "templates/parts/tasks",
    "templates/parts/messages", "templates/parts/password", "templates/parts/phases", "templates/parts/phone",
    "templates/parts/terms", "templates/parts/timeline", "templates/parts/undelivered",
    "account/", "request/draft", "security/not_yours", "security/policies", "staff/", "workbench/", "ways_in/",
    "display/example_words", "display/field_choices",
)  # fmt: skip
"""Where texts stand that only staff reads, who have the pages in the languages that sentences are there in."""


def texts(language: str) -> Catalog:
    """Return every text of the pages that a catalogue in a language has, each with where it stands.

    Objections are there for languages that have no sentences of their own for them."""
    catalog = Catalog(project="Gehoor", fuzzy=False)
    found = extract_from_dir(str(WEB), _METHODS, _OPTIONS, _KEYWORDS)
    for name, line, message, comments, context in found:
        catalog.add(message, locations=[(f"web/{name}", line)], auto_comments=comments, context=context)
    for sentence in _objections() if sentences_in(language).objections is DUTCH.objections else ():
        catalog.add(sentence, locations=[("core/wording/nl/objections.py", 0)])
    for kind in FILE_KINDS.values():
        catalog.add(kind.label, locations=[("core/forms/file_kinds.py", 0)])
    return catalog


def _objections() -> Iterator[str]:
    for code, sentence in DUTCH.objections.sentences.items():
        if not code.startswith(_FOR_STAFF):
            yield sentence
    yield from (DUTCH.objections.this_field, DUTCH.objections.row)


def languages() -> tuple[str, ...]:
    """Return the languages that the pages are translated in."""
    return tuple(one for one in known() if one != FIRST)


def file_of(language: str, kind: str) -> Path:
    """Return the catalogue of a language: ``po`` for people, ``mo`` for the pages."""
    return TRANSLATIONS / language / "LC_MESSAGES" / f"messages.{kind}"


def written(language: str) -> Catalog:
    """Return a catalogue as translators wrote it."""
    with file_of(language, "po").open("rb") as stream:
        return read_po(stream, locale=language)


def made(language: str) -> Catalog:
    """Return a catalogue as the pages read it."""
    with file_of(language, "mo").open("rb") as stream:
        return read_mo(stream)


def needed(language: str) -> Iterator[str | tuple[str, ...]]:
    """Give the texts that a language has to have: all of them where staff are spoken to in it, else those that someone
    from outside can come across."""
    for message in texts(language):
        places = [place.removeprefix("web/") for place, _ in message.locations]
        if message.id and (language in LANGUAGES or not all(one.startswith(STAFF_ONLY) for one in places)):
            yield message.id
