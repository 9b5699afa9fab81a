"""The markup of one field, made once and cut where its value stands: filling it in is joining texts.

The template of a field (``parts/fields.html``) is the only place that says what a field looks like. It is rendered
once with a stand-in that leaves a mark wherever the value decides something; between the marks nothing ever changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from markupsafe import Markup, escape

from gehoor.core.forms.fields import Choice, Field
from gehoor.web.display.conditions import NEVER
from gehoor.web.forms.types.base import WebType, as_stored
from gehoor.web.forms.types.registry import TYPES

# Private-use characters. A text of an agreement that has one of them makes a field that is not cut (see ``cut``).
_VALUE: Final = "\ue000"
_CHOSEN: Final = "\ue001"
_END: Final = "\ue002"
_MARK: Final = re.compile(f"({_VALUE}|{_CHOSEN}[^{_END}]*{_END})")


@dataclass(frozen=True)
class StandIn:
    """A field as the template sees it while its markup is cut: every place of its value is a mark."""

    agreed: Field
    name: str
    errors: tuple[str, ...] = ()
    shown: str = _VALUE
    offers: Mapping[str, str] = field(default_factory=dict)

    @property
    def looks(self) -> WebType:
        """What its type looks like."""
        return TYPES[self.agreed.kind]

    def chosen(self, code: str, attribute: str) -> Markup:
        """Leave a mark where an attribute may come."""
        return Markup(f"{_CHOSEN}{code}{attribute}{_END}")  # noqa: S704 - codes are checked by the loader

    @property
    def offered(self) -> list[Choice]:
        """The choices that can be made: with another one, a field is rendered whole."""
        gone = cannot_be(self.agreed, self.offers)
        return [choice for choice in self.agreed.choices if choice.code not in gone]


@dataclass(frozen=True)
class Cut:
    """The markup of a field. ``fill`` gives it with a value; ``fits`` says for which values it can be used."""

    fill: Callable[[Any], str]
    retired: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    """The values that it can show, as they stand in a page, where those are not the choices of its field; none: all."""
    shown: Callable[[Any], str] = str
    """Give how a value stands in a page."""

    @property
    def is_for_all(self) -> bool:
        """Whether it is right for every value."""
        return not (self.retired or self.only)

    def fits(self, value: Any) -> bool:
        """Say whether this markup is right for a value: one that was retired since is not offered in it."""
        if self.is_for_all or value is None:
            return True
        if self.only:
            return self.shown(value) in self.only
        return not self.retired.intersection(value if isinstance(value, list) else (str(value),))


def cannot_be(agreed: Field, offers: Mapping[str, str]) -> frozenset[str]:
    """Return the codes of a field that nobody can choose here: retired, or never offered beside what is known."""
    return frozenset(one.code for one in agreed.choices if one.retired or offers.get(one.code) == NEVER)


def cut(agreed: Field, whole: str, offers: Mapping[str, str] = MappingProxyType({})) -> Cut | None:
    """Return markup that was rendered with a stand-in, cut at its marks; None when it has others than it should.
    ``offers``: when its choices are offered."""
    parts = _MARK.split(whole)
    texts, marks = parts[::2], parts[1::2]
    retired = cannot_be(agreed, offers)
    if marks == [_VALUE]:
        return Cut(_with_text(TYPES[agreed.kind], texts[0], texts[1]), retired)
    words = [mark[1:-1].rpartition(" ") for mark in marks]
    codes = [(code, f" {word}") for code, _, word in words]
    looks = TYPES[agreed.kind]
    if codes and [code for code, _ in codes] == [one for one in looks.codes(agreed) if one not in retired]:
        only = frozenset() if agreed.choices else frozenset(code for code, _ in codes)
        return Cut(_with_choice(looks, texts, codes), retired, only, looks.shown)
    return None


def _with_text(looks: WebType, before: str, after: str) -> Callable[[Any], str]:
    if looks.shown is as_stored:
        return lambda value: before + after if value is None else f"{before}{escape(value)}{after}"
    return lambda value: f"{before}{'' if value is None else escape(looks.shown(value))}{after}"


def _with_choice(looks: WebType, texts: list[str], codes: list[tuple[str, str]]) -> Callable[[Any], str]:
    empty = "".join(texts)
    if looks.several:
        return lambda value: _several(texts, codes, value) if value else empty
    # One answer: each page there can be, made beforehand.
    pages = {code: _several(texts, codes, (code,)) for code, _ in codes}
    return lambda value: pages.get(looks.shown(value), empty)


def _several(texts: list[str], codes: list[tuple[str, str]], chosen_codes: Any) -> str:
    pieces = [texts[0]]
    for text, (code, attribute) in zip(texts[1:], codes, strict=True):
        pieces += (attribute, text) if code in chosen_codes else (text,)
    return "".join(pieces)
