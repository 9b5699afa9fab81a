"""What was agreed about dossiers that belong together: what is told of earlier ones, merging, withdrawing, sending on.

Each group of answers that is filled in (``fills``) may hold the code ``TODAY`` for the local day of what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gehoor.core.forms.fields import StoredValue


@dataclass(frozen=True, slots=True)
class Promise:
    """A list of which each row is something that was promised. ``told``: the members that say what; ``done_by``: those
    of which any answer says that it is done, or was given up; ``followed``: whether whoever told the dossier reads it
    with the follow-up code, once they got their answer."""

    rows: str
    told: tuple[str, ...]
    done_by: tuple[str, ...]
    followed: bool = False


@dataclass(frozen=True, slots=True)
class ToldOfEarlier:
    """What a dossier tells of one that was there before: the fields that are its outcome, and what was promised.
    ``looked_up_in``: the fields that ask whether there are such dossiers."""

    outcome: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    looked_up_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging fills in in the dossier that goes on in another. ``number_in``: the field that gets the number of
    the other; ``to_tell``: the field, of the other, that counts the merged of which somebody still has to hear."""

    fills: Mapping[str, StoredValue] = field(default_factory=dict)
    number_in: str = ""
    to_tell: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """What withdrawing on the page of the follow-up code fills in. ``explanation``: what people read before they do;
    ``afterwards``: what they read then; ``reason_in``: the field that gets why, where they say so."""

    explanation: str
    fills: Mapping[str, StoredValue]
    afterwards: str = ""
    reason_in: str = ""


@dataclass(frozen=True, slots=True)
class SendingOn:
    """What goes along when a dossier is sent on, and what that fills in in the one that stays. ``place_in`` and
    ``number_in``: the fields that get where it went, and the number that it has there; ``consent``: the field without
    whose yes nothing goes."""

    goes_along: tuple[str, ...]
    fills: Mapping[str, StoredValue] = field(default_factory=dict)
    place_in: str = ""
    number_in: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """All of it; None for what was not agreed, and cannot be done then."""

    earlier: ToldOfEarlier = field(default_factory=ToldOfEarlier)
    merging: Merging | None = None
    withdrawing: Withdrawing | None = None
    to_department: SendingOn | None = None
    elsewhere: SendingOn | None = None


def build_belonging(document: Mapping[str, Any]) -> Belonging:
    """Build what was agreed from the document of an agreement."""
    sent = document.get("send-on", {})
    return Belonging(
        _earlier(document.get("earlier-dossiers", {})),
        _merging(document.get("merge")),
        _withdrawing(document.get("withdraw")),
        _sending(sent.get("department")),
        _sending(sent.get("elsewhere")),
    )


def _earlier(data: Mapping[str, Any]) -> ToldOfEarlier:
    promises = (
        Promise(rows, tuple(of["show"]), tuple(of["done-when-filled"]), of.get("follow-page", False))
        for rows, of in data.get("promises", {}).items()
    )
    return ToldOfEarlier(tuple(data.get("outcome", ())), tuple(promises), tuple(data.get("looked-up-in", ())))


def _merging(data: Mapping[str, Any] | None) -> Merging | None:
    if data is None:
        return None
    return Merging(dict(data["fill"]), data.get("number-in", ""), data.get("still-to-tell-in", ""))


def _withdrawing(data: Mapping[str, Any] | None) -> Withdrawing | None:
    if data is None:
        return None
    return Withdrawing(
        data["explanation"], dict(data["fill"]), data.get("afterwards", ""), data.get("reason-in", "")
    )


def _sending(data: Mapping[str, Any] | None) -> SendingOn | None:
    if data is None:
        return None
    return SendingOn(
        tuple(data["goes-along"]),
        dict(data.get("fill", {})),
        data.get("place-in", ""),
        data.get("number-in", ""),
        data.get("consent-in", ""),
    )
