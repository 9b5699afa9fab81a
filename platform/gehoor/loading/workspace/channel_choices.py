"""Choices that come from the channels: how a message came in is chosen among the ways in which one can come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path, Spots
from gehoor.loading.workspace.taken_choices import codes_of, listed, listed_at, retire

_FROM: Final = "choices-from"
_BESIDE: Final = "choices-beside"
_MEDIUM: Final = "medium"
_FILLED_IN: Final = ("default", "by-phone", "by-email")


def take_choices_from_channels(whole: Sourced, form: str, *, sure: bool) -> Iterator[Problem]:
    """Give the fields of a form that say so the channels of the department as their choices; yield what cannot be.

    A choice that the list has already keeps its own words there, and one that is neither a channel nor named beside
    them is retired, so that what asks about it still holds. A choice of a medium is retired where no channel has that
    medium. What stood in a field beforehand and is retired so, stands there no more. None of these words is in what
    is published. ``sure``: all channels could be read; else nothing is retired, and which fields hang on them is noted.
    """
    known = whole.data.get("channels") or {}
    channels = {name: one for name, one in known.items() if not one.get("dropped")}
    for name, field in (whole.at(("forms", form, "properties")) or {}).items():
        path: Path = ("forms", form, "properties", name)
        gone = _of_no_channel(field, {one.get(_MEDIUM, "") for one in channels.values()})
        beside = field.pop(_BESIDE, [])
        comes = bool(field.pop(_FROM, None))
        if not sure and (comes or gone):
            whole.unsure.add(name)
            continue
        if comes:
            yield from _not_there(whole, path, beside)
            # One that a department takes out is a choice of the others, and shared files ask about it.
            _bring_in(whole, path, known)
            gone |= {*codes_of(field)} - channels.keys() - {*beside}
        offered = {str(one["const"]) for one in _choices(field) if not one.get("deprecated")}
        if gone and offered <= gone:
            yield Problem(whole.spot(path).key, "geen-keuze-over")
        elif gone:
            retire(whole, path, gone)
            _fill_in_less(field, gone)


def _fill_in_less(field: dict[str, Any], gone: set[str]) -> None:
    """Leave out of what stands there beforehand what is chosen no more: it is asked instead."""
    for word in _FILLED_IN:
        given = field.get(word)
        left = [one for one in given if one not in gone] if isinstance(given, list) else given
        if not left or left in (*gone,):
            field.pop(word, None)
        else:
            field[word] = left


def _choices(field: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = listed(field).get("oneOf", [])
    return found


def _of_no_channel(field: dict[str, Any], media: set[str]) -> set[str]:
    said = {str(one["const"]): one.pop(_MEDIUM) for one in _choices(field) if _MEDIUM in one}
    return {code for code, medium in said.items() if medium not in media}


def _not_there(whole: Sourced, path: Path, beside: list[str]) -> Iterator[Problem]:
    known = codes_of(whole.at(path))
    for index, code in enumerate(beside):
        if code not in known:
            details = {"value": code, "allowed": ", ".join(known), "hint": hint(code, known)}
            yield Problem(whole.spot((*path, _BESIDE, index)).value, "geen-keuze", details)


def _bring_in(whole: Sourced, path: Path, channels: dict[str, Any]) -> None:
    """Put the channels in their order before what else stands in the list of a field."""
    lists, at = listed(whole.at(path)), (*listed_at(whole, path), "oneOf")
    was = {
        str(one["const"]): (one, whole.spots.branch((*at, index)))
        for index, one in enumerate(lists.get("oneOf", ()))
    }
    there: list[tuple[dict[str, Any], Spots | None]] = []
    for name, channel in channels.items():
        made = ({"const": name, "title": channel.get("name", name)}, whole.spots.branch(("channels", name)))
        there.append(was.pop(name, made))
    there += was.values()
    lists["oneOf"] = [one for one, _ in there]
    for index, (_, spots) in enumerate(there):
        whole.spots.graft((*at, index), spots)
