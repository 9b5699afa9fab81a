"""The markup of one field, made once and cut where its value stands: filling it in is joining texts.

The template of a field (``parts/fields.html``) is the only place that says what a field looks like. It is rendered
once with a stand-in that leaves a mark wherever the value decides something; between the marks nothing ever changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

from gehoor.core.forms.fields import Choice, Field

MACRO_KINDS: Final = frozenset({"groups", "attachments", "staff"})
"""Kinds whose markup depends on more than a value: how many rows or files there are, who works here now."""

# Private-use characters. A text of an agreement that has one of them makes a field that is not cut (see ``cut``).
_VALUE: Final = "\ue000"
_CHOSEN: Final = "\ue001"
_END: Final = "\ue002"
_MARK: Final = re.compile(f"({_VALUE}|{_CHOSEN}[^{_END}]*{_END})")


def shown(agreed: Field, value: Any) -> Any:
    """Return what stands in the page: what was typed, or the stored value as an input wants it."""
    if value is None:
        return [] if agreed.kind == "choices" else ""
    if agreed.kind == "boolean" and isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)[:16] if agreed.kind == "instant" else value


def chosen(agreed: Field, value: Any, code: str, attribute: str) -> Markup:
    """Return an attribute (`` checked``, `` selected``) when a value is, or has, a code; nothing otherwise."""
    now = shown(agreed, value)
    on = code in now if agreed.kind == "choices" else code == now
    return Markup(attribute) if on else Markup("")  # noqa: S704 - the attribute is a word of the template


def offered(agreed: Field, value: Any) -> list[Choice]:
    """Return the choices that are shown: those that are not retired, and those that were chosen before they were."""
    if not any(choice.retired for choice in agreed.choices):
        return list(agreed.choices)
    now = shown(agreed, value)
    return [choice for choice in agreed.choices if not choice.retired or choice.code in now]


@dataclass(frozen=True)
class StandIn:
    """A field as the template sees it while its markup is cut: every place of its value is a mark."""

    agreed: Field
    name: str
    errors: tuple[str, ...] = ()
    shown: str = _VALUE

    def chosen(self, code: str, attribute: str) -> Markup:
        """Leave a mark where an attribute may come."""
        return Markup(f"{_CHOSEN}{code}{attribute}{_END}")  # noqa: S704 - codes are checked by the loader

    @property
    def offered(self) -> list[Choice]:
        """The choices that are not retired: with a retired one, a field is rendered whole."""
        return [choice for choice in self.agreed.choices if not choice.retired]


@dataclass(frozen=True)
class Cut:
    """The markup of a field. ``fill`` gives it with a value; ``fits`` says for which values it can be used."""

    fill: Callable[[Any], str]
    retired: frozenset[str] = frozenset()

    def fits(self, value: Any) -> bool:
        """Say whether this markup is right for a value: one that was retired since is not offered in it."""
        if not self.retired or value is None:
            return True
        return not self.retired.intersection(value if isinstance(value, list) else (str(value),))


def cut(agreed: Field, whole: str) -> Cut | None:
    """Return markup that was rendered with a stand-in, cut at its marks; None when it has others than it should."""
    parts = _MARK.split(whole)
    texts, marks = parts[::2], parts[1::2]
    retired = frozenset(choice.code for choice in agreed.choices if choice.retired)
    if marks == [_VALUE]:
        return Cut(_with_text(agreed, texts[0], texts[1]), retired)
    words = [mark[1:-1].rpartition(" ") for mark in marks]
    codes = [(code, f" {word}") for code, _, word in words]
    offered_codes = [choice.code for choice in agreed.choices if not choice.retired] or ["ja", "nee"]
    if codes and [code for code, _ in codes] == offered_codes:
        return Cut(_with_choice(agreed, texts, codes), retired)
    return None


def _with_text(agreed: Field, before: str, after: str) -> Callable[[Any], str]:
    if agreed.kind == "instant":
        return lambda value: f"{before}{'' if value is None else escape(str(value)[:16])}{after}"
    return lambda value: before + after if value is None else f"{before}{escape(value)}{after}"


def _with_choice(agreed: Field, texts: list[str], codes: list[tuple[str, str]]) -> Callable[[Any], str]:
    empty = "".join(texts)
    if agreed.kind == "choices":
        return lambda value: _several(texts, codes, value) if value else empty
    # One answer: each page there can be, made beforehand.
    pages = {code: _several(texts, codes, (code,)) for code, _ in codes}
    if agreed.kind == "boolean":
        spoken: Mapping[Any, str] = {True: pages["ja"], False: pages["nee"]}
        return lambda value: spoken.get(value, empty) if isinstance(value, bool) else pages.get(value, empty)
    return lambda value: pages.get(value, empty)


def _several(texts: list[str], codes: list[tuple[str, str]], chosen_codes: Any) -> str:
    pieces = [texts[0]]
    for text, (code, attribute) in zip(texts[1:], codes, strict=True):
        pieces += (attribute, text) if code in chosen_codes else (text,)
    return "".join(pieces)
