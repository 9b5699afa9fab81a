"""What an agreement comes to, without the words that are only read: what a check goes by that reads none of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from gehoor.loading.merge.source_map import Path

_TRANSLATED: Final = "translations"
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "roles": frozenset({"name"}),
    "kinds": frozenset({"name"}),
    "questions": frozenset({"question", "help"}),
    "channels": frozenset({"name", "way-of-working", "opening-hours", "contact"}),
    "milestones": frozenset({"name"}),
    "phases": frozenset({"name", "explanation"}),
    "terms": frozenset({"name", "source"}),
    "rules": frozenset({"name", "because", "source"}),
    "tables": frozenset({"name", "because"}),
    "tasks": frozenset({"name", "explanation", "evidence"}),
}
"""By section: the keywords of its things that hold a text for people, and decide nothing."""
_OF_FIELDS: Final = frozenset({"title", "description", "say", "refusal", "autocomplete", _TRANSLATED})
_OF_LETTERS: Final = frozenset({"name", "explanation", "subject", _TRANSLATED})
_OF_PASSAGES: Final = frozenset({"text", _TRANSLATED})
_OF_FORMS: Final = frozenset({"title", "description", _TRANSLATED})

DECIDING: Final = (
    "organisation", "department", "calendar", "calendars", "roles", "rights", "danger", "kinds", "questions",
    "otherwise", "channels", "anonymous", "milestones", "phases", "earlier-dossiers", "merge", "withdraw", "send-on",
    "terms", "rules", "tables", "tasks", "second-line", "correspondence", "retention", "confidentiality", "law",
    "contact-moments", "forms",
)  # fmt: skip
"""The sections that decide what happens to a dossier, and what is asked of whom."""


def logic_of(path: Path, said: Any) -> Any:
    """Return what a thing says without the words that are only read. Two that are equal here decide the same; what is
    read may still differ."""
    section = path[0]
    if section == "forms":
        if path[2] == "properties":
            return _field(said)
        left = _without(_OF_FORMS, {path[2]: said})
        return left.get(path[2])
    if section == "correspondence":
        return _letter(said)
    words = _WORDS.get(str(section))
    return said if words is None else _without(words, said)


def _letter(letter: Mapping[str, Any]) -> dict[str, Any]:
    left: dict[str, Any] = _without(_OF_LETTERS, letter)
    passages = left.get("text")
    if isinstance(passages, list):
        left["text"] = [_without(_OF_PASSAGES, one) for one in passages]
    return left


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    left: dict[str, Any] = _without(_OF_FIELDS, field)
    for word in ("oneOf", "anyOf"):
        if isinstance(left.get(word), list):
            left[word] = [_without(_OF_FIELDS, one) for one in left[word]]
    if isinstance(left.get("items"), dict):
        left["items"] = _field(left["items"])
    if isinstance(left.get("properties"), dict):
        left["properties"] = {name: _field(one) for name, one in left["properties"].items()}
    return left


def _without(words: Collection[str], content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {
        word: value
        for word, value in content.items()
        if word not in words or (word != _TRANSLATED and isinstance(value, dict | list))
    }


def without_effects(kinds: Collection[str], rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a rule or table says of other effects than these."""
    left: dict[str, Any] = {**rule}
    if isinstance(left.get("then"), list):
        left["then"] = [one for one in left["then"] if one.keys().isdisjoint(kinds)]
    if isinstance(left.get("rows"), list):
        left["rows"] = [without_effects(kinds, row) for row in left["rows"]]
    if isinstance(left.get("otherwise"), dict):
        left["otherwise"] = without_effects(kinds, left["otherwise"])
    return left
