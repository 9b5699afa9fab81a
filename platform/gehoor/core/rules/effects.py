"""What a rule does when its condition holds, and the registry of effects: one place that knows each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from gehoor.core.conditions.calculations import Calculation, read_calculation


@dataclass(frozen=True, slots=True)
class Require:
    """A field must be answered before a milestone; empty: before the milestone that completes its phase."""

    field: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A milestone cannot be reached."""

    milestone: str


@dataclass(frozen=True, slots=True)
class Notify:
    """A role gets a message, once per dossier and rule."""

    role: str


@dataclass(frozen=True, slots=True)
class Show:
    """A field is shown (where some rule shows a field, it is hidden unless one of those rules fires)."""

    field: str


@dataclass(frozen=True, slots=True)
class Hide:
    """A field is not shown, and so never required."""

    field: str


@dataclass(frozen=True, slots=True)
class Warn:
    """A sentence that the handler sees; it blocks nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on the dossier, which lists show beside its number."""

    text: str


@dataclass(frozen=True, slots=True)
class SameAs:
    """The value of another field."""

    field: str


@dataclass(frozen=True, slots=True)
class Derive:
    """A field has this value as long as the rule fires; whatever was answered there waits underneath.

    ``value`` is canonical data (a text, number, boolean or list of codes), another field's value, or a sum.
    """

    field: str
    value: Any

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the fields whose answers it takes."""
        if isinstance(self.value, SameAs):
            return (self.value.field,)
        return self.value.fields if isinstance(self.value, Calculation) else ()


@dataclass(frozen=True, slots=True)
class Assign:
    """A role handles this dossier; with ``instead_of`` it does in this dossier all that the other role would do."""

    role: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Handlers:
    """So many people may handle this dossier together; with ``before`` there must be so many before that milestone."""

    most: int
    before: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done, or set aside with a reason. With ``within`` it has a term of its own."""

    name: str
    responsible: str
    before: str = ""
    """The milestone that waits for it; empty: none does."""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Approve:
    """A milestone waits until someone with this role, who did not do the work, approves."""

    role: str
    before: str


SEEN_UNOPENED: Final = (Notify, Flag, Assign, Approve)
"""The effects that somebody meets who does not open the dossier: in a message or in a list. What the others do shows
when it is opened, or saved."""

LISTED: Final = ("derive", "assign", "handlers", "within")
"""The keywords of effects by which lists are filled, narrowed and ordered: values, who handles it, terms. What they
show is the same for everybody there, so it never rests on dossiers that not everybody may know of (decision 46)."""

Effect: TypeAlias = (
    Require | Block | Notify | Show | Hide | Warn | Flag | Derive | Assign | Handlers | Duty | Approve
)


def _derive(data: Mapping[str, Any]) -> Derive:
    if "same-as" in data:
        return Derive(data["derive"], SameAs(data["same-as"]))
    if "calculate" in data:
        return Derive(data["derive"], read_calculation(data["calculate"]))
    value = data["value"]
    return Derive(data["derive"], tuple(value) if isinstance(value, list) else value)


def _duty(data: Mapping[str, Any]) -> Duty:
    return Duty(data["duty"], data["responsible"], data.get("before", ""), data.get("within", ""))


@dataclass(frozen=True, slots=True)
class EffectKind:
    """How an effect is built from canonical data, and which keywords go with its own.

    ``needs``: groups of keywords, of each of which exactly one must be there; ``with_it``: of keywords that may be
    there, what each means nothing without.
    """

    build: Callable[[Mapping[str, Any]], Effect]
    needs: tuple[tuple[str, ...], ...] = ()
    allows: tuple[str, ...] = ()
    with_it: Mapping[str, str] = field(default_factory=dict)


EFFECTS: Mapping[str, EffectKind] = {
    "require": EffectKind(lambda data: Require(data["require"], data.get("before", "")), allows=("before",)),
    "block": EffectKind(lambda data: Block(data["block"])),
    "notify": EffectKind(lambda data: Notify(data["notify"])),
    "show": EffectKind(lambda data: Show(data["show"])),
    "hide": EffectKind(lambda data: Hide(data["hide"])),
    "warn": EffectKind(lambda data: Warn(data["warn"])),
    "flag": EffectKind(lambda data: Flag(data["flag"])),
    "derive": EffectKind(_derive, needs=(("value", "same-as", "calculate"),)),
    "assign": EffectKind(
        lambda data: Assign(data["assign"], data.get("instead-of", "")), allows=("instead-of",)
    ),
    "handlers": EffectKind(
        lambda data: Handlers(int(data["handlers"]), data.get("before", "")), allows=("before",)
    ),
    "duty": EffectKind(
        _duty,
        needs=(("responsible",),),
        allows=("before", "within", "from", "remind", "late"),
        with_it={"within": "from", "from": "within", "remind": "within", "late": "within"},
    ),
    "approval": EffectKind(lambda data: Approve(data["approval"], data["before"]), needs=(("before",),)),
}
"""Canonical keyword -> the effect."""


def effect_keyword(data: Mapping[str, Any]) -> str:
    """Return the keyword that says which effect this is. Raises ``StopIteration`` when none does."""
    return next(key for key in EFFECTS if key in data)


def effect_from(data: Mapping[str, Any]) -> Effect:
    """Build an effect from canonical data. Raises ``KeyError`` for data that was never checked."""
    return EFFECTS[effect_keyword(data)].build(data)
