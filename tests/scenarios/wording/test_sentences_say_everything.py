"""Every value of an agreement is said: change it, and its sentence changes, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from gehoor.core.agreement.parse import build_agreement
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.nl.agreement.forms import field_uses
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import departments

Path = tuple[str | int, ...]

NOT_SAID: dict[str, str] = {
    r"(organisation|department)/id": "the name of a folder or file; people know the name",
    r"style/.*": "what the pages look like; nothing follows from it",
    r"organisation/sector": "describes who we are; nothing follows from it",
    r"forms/dossier/.*/translations/\w+/(title|description)": "for staff, in one language; the choices are shared",
    r"organisation/contact/(phone|address)": "the department has its own",
    r"rule-examples/.*": "tests of the rules: they say nothing that the rules do not say",
    r".*/autocomplete": "helps a browser to fill in; not agreed by people",
    r"forms/.*/after": "puts a field in its place; the order of the text shows it",
    r"forms/.*/oneOf/\d+/const": "the id of a choice; people know its title",
    r"forms/\w+/properties/\w+/(type|format|widget|items/type)": "together the kind of a field: tested apart",
    r"forms/.*/items/properties/\w+/(type|format|widget|items/type)": "together the kind of a field: tested apart",
}
"""What the text leaves out, and why."""

NAMES: dict[str, str] = {
    r"roles/[^/]+/name": "in every sentence about the role",
    r"milestones/[^/]+/name": "in every sentence about the milestone",
    r"kinds/[^/]+/name": "in the questions and examples that lead to it",
    r"phases/[^/]+/name": "at every field of the phase",
    r"questions/[^/]+/question": "in the examples that answer it",
    r"forms/[^/]+/title": "the title of its chapter",
    r"forms/[^/]+/properties/[^/]+/title": "wherever something depends on the answer",
    r"forms/.*/items/properties/[^/]+/title": "in every sentence about what a row asks",
    r"forms/(?!.*/translations/).*/oneOf/\d+/title": "wherever something depends on the choice",
    r"rules/[^/]+/then/\d+/duty": "in the sentences about its term too",
    r"terms/[^/]+/name": "in the terms and rules that depend on it",
}
"""Values that name something: each sentence that names it changes, and only in the name."""

SEVERAL: dict[str, str] = {
    r"roles/([^/]+)/deputy": r"roles/\1/deputy|terms/[^/]+/responsible",
    r"tables/([^/]+)/derive": r"tables/\1/rows/[0-9]+",
}
"""Values that are said in several sentences, and in which."""

SAID_AT: list[tuple[str, str]] = [
    (r"(organisation|department)/contact/(\w+)", r"contact/\2"),
    (r"(channels/[^/]+)/name", r"\1/title"),
    (r"(organisation/languages)/\d", r"\1"),
    (r"(forms/\w+/properties/\w+)/(?:items/)?oneOf/\d+/translations/(\w+)/title", r"\1/choices/\2"),
    (r"(forms/\w+/at-least-one/\d+/translations/.*)", r"\1"),
    (r"department/code", r"numbering/pattern"),
    (r"(forms/\w+/properties/\w+)/(minLength|maxLength|minimum|maximum|pattern|minItems|maxItems|uniqueItems|multipleOf)",
     r"\1/answer"),
    (r"(forms/\w+/properties/\w+/file-kinds)/\d+", r"\1"),
    (r"(forms/\w+/properties/\w+/items/properties/\w+)/(maxLength|minimum|maximum|uniqueItems|multipleOf)",
     r"\1/answer"),
    (r"(forms/\w+/properties/\w+/items)/required/(\w+)", r"\1/properties/\2/required"),
    (r"(forms/\w+/properties/\w+/(default|by-phone|seen-by|edited-by))/\d+", r"\1"),
    (r"forms/(\w+)/required/(\w+)", r"forms/\1/properties/\2/required"),
    (r"(forms/\w+/preset/\w+)/\d+", r"\1"),
    (r"(rights/[^/]+)/\d+", r"\1"),
    (r"(confidentiality/[^/]+)/.*", r"\1"),
    (r"(emergency-access/tell)/\d+", r"\1"),
    (r"(forms/\w+/at-least-one/\d+)/.*", r"\1"),
    (r"(forms/\w+/steps/\d+/fields)/\d+", r"\1"),
    (r"(.*/(applies-if|not-needed-if|show-if))/.*", r"\1"),
    (r"(terms/[^/]+/(late/\d+|remind))/.*", r"\1"),
    (r"(terms/[^/]+/suspend)/reasons/\d+", r"\1"),
    (r"(terms/[^/]+/extend)/with", r"\1"),
    (r"(terms/[^/]+/extend/tell-to)/\d+", r"\1"),
    (r"(rules/[^/]+/then/\d+/)(within|from)", r"\1within"),
    (r"(rules/[^/]+/then/\d+/(late/\d+|remind))/.*", r"\1"),
    (r"(rules/[^/]+)/(if|then)/.*", r"\1"),
    (r"(tables/[^/]+/rows/\d+)/.*", r"\1"),
    (r"(questions/[^/]+/(yes|no)|otherwise)/.*", r"\1"),
    (r"(complaint/agreed/by)/\d+", r"\1"),
    (r"(complaint/(?:includes|excludes)|second-line|danger/call|calendar/closed)/.*", r"\1/.*"),
    (r"message-examples/\d+/message", r"message-examples/.*/title"),
    (r"message-examples/\d+/(.*)", r"message-examples/.*/\1"),
]  # fmt: skip
"""Where a value is said, when not at its own path."""


@cache
def document() -> dict[str, Any]:
    return departments()["beukenhof"].document


def text(of: dict[str, Any]) -> list[tuple[str, str]]:
    return list(lines(DUTCH.agreements.whole(build_agreement(of, {}))))


@cache
def before() -> list[tuple[str, str]]:
    return text(document())


def values(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, (dict, list)):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        for key, below in pairs:
            # What is required of everyone is a set of names.
            yield from values(below, (*path, below if path and path[-1] == "required" else key))
    else:
        yield path, data


def shown(path: Path) -> str:
    return "/".join(map(str, path))


def matches(patterns: Any, path: Path) -> bool:
    return any(re.fullmatch(pattern, shown(path)) for pattern in patterns)


def another(path: Path, value: Any) -> Any:
    """Return another value that can stand there as well."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and re.fullmatch(r"\d+ [a-z-]+( (before|after) .*)?", value):
        number, unit = value.split(" ", 1)
        return f"{int(number) + 1} {unit}"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    if isinstance(value, str):
        return _other_choice(path, value) or f"Nu {value}"
    return value + type(value)(1)


ENUMS = (
    ("allowed", "refused"), ("oral", "written"), ("receipt", "registration"), ("next", "previous"),
    ("required", "optional"), ("again", "stays"), ("today", "user", "time-of-day"), ("P0", "P1", "P2", "P3", "PX"),
    ("mp3", "pdf", "jpeg", "png", "webp", "txt", "docx", "odt"),
    ("received-on", "received-time", "carrier", "anonymous", "follow-up-code", "message-kind", "story", "subject",
     "danger", "complainant.name", "complainant.first-name", "complainant.email", "complainant.phone",
     "complainant.address"), ("BE-WET", "NL-ATW"), ("Europe/Brussels", "Europe/Amsterdam"),
)  # fmt: skip
DATES = ("ontvangstdatum", "registratiedatum")
REFERENCES = {
    "dates": r".*/(earlier-than|at-latest|later-than|at-earliest)",
    "roles": r"roles/[^/]+/deputy|kinds/[^/]+/owner|terms/[^/]+/(responsible|late/\d+/tell)"
    r"|rules/.*/(notify|tell|responsible|approval|assign|instead-of)|forms/.*/(seen-by|edited-by)/\d+",
    "milestones": r"phases/[^/]+/(done-at|opens-after)|terms/[^/]+/(from|until)|rules/.*/(before|block|from)"
    r"|forms/.*/(required-before|fixed-after)",
    "phases": r"forms/.*/phase",
    "terms": r".*/(if|applies-if|not-needed-if|show-if)/(.*/)?late(/\d+)?",
    "kinds": r"(questions/[^/]+/(yes|no)|otherwise)/kind|message-examples/\d+/expect",
    "letters": r"notices/.*",
    "fields": r"milestones/[^/]+/(field|hour)|rules/.*/(require|show|hide|derive|same-as)"
    r"|tables/[^/]+/derive|forms/.*/(at-least-one|steps)/\d+/fields/\d+",
}


def _other_choice(path: Path, value: str) -> str | None:
    fields = document()["forms"]["dossier"]["properties"]
    known: Any = ()
    for section, pattern in REFERENCES.items():
        if re.fullmatch(pattern, shown(path)):
            known = fields if section == "fields" else DATES if section == "dates" else document()[section]
    # In a condition, a preset or a default, the code of the field that it is about.
    field = next((fields[part] for part in reversed(path) if part in fields), {})
    codes = [item["const"] for item in field.get("oneOf", field.get("items", {}).get("oneOf", ()))]
    if re.search(r"/(if|applies-if|not-needed-if|show-if|preset)/|/default", shown(path)) and value in codes:
        known = codes
    if not known and path[-1] not in ("title", "what", "text", "subject", "name"):
        known = next((words for words in ENUMS if value in words), ())
    return next((other for other in known if other != value), None)


def changed(path: Path, value: Any) -> dict[str, Any]:
    """Return the document with another value there; all that is beside the path is shared."""
    result = copy(document())
    here: Any = result
    for part in path[:-1]:
        here[part] = copy(here[part])
        here = here[part]
    if path[-2] == "required":
        here.remove(path[-1])
    else:
        here[path[-1]] = another(path, value)
    return result


def different(after: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the lines that went and the lines that came."""
    old, new = before(), after
    if len(old) == len(new):
        pairs = [(was, now) for was, now in zip(old, new, strict=True) if was[1] != now[1]]
        return [was for was, _ in pairs], [now for _, now in pairs]
    start = next(i for i, (was, now) in enumerate(zip(old, new, strict=False)) if was[1] != now[1])
    end = next(i for i, (was, now) in enumerate(zip(old[::-1], new[::-1], strict=False)) if was[1] != now[1])
    return old[start : len(old) - end], new[start : len(new) - end]


def said_at(path: Path) -> str:
    """Return the pattern of the keys at which a value is said."""
    for pattern, key in SAID_AT:
        if re.fullmatch(pattern, shown(path)):
            return re.sub(rf"^{pattern}$", key, shown(path))
    return re.escape(shown(path))


def normative(section: str) -> list[tuple[Path, Any]]:
    found = [(path, value) for path, value in values(document()[section], (section,))]
    return [(path, value) for path, value in found if not matches(NOT_SAID, path)]


def fault(path: Path, value: Any) -> str:
    """Return what is wrong with how the text says this value; nothing when it says it once and well."""
    went, came = different(text(changed(path, value)))
    what = f"{shown(path)} ({value!r}): {went} -> {came}"
    if not went and not came:
        return f"not said: {what}"
    keys = {key for key, _ in (*went, *came)}
    if matches(NAMES, path):
        same = [now.replace(f"Nu {value}", str(value)) for _, now in came] == [was for _, was in went]
        return "" if same else f"more than the name: {what}"
    expected = next(
        (
            re.sub(rf"^{one}$", key, shown(path))
            for one, key in SEVERAL.items()
            if re.fullmatch(one, shown(path))
        ),
        "",
    )
    if expected:
        return "" if all(re.fullmatch(expected, key) for key in keys) else f"elsewhere: {what}"
    if max(len(went), len(came)) != 1:
        return f"more than one sentence: {what}"
    return "" if all(re.fullmatch(said_at(path), key) for key in keys) else f"elsewhere: {what}"


SECTIONS = sorted(document())


@pytest.mark.parametrize(
    ("section", "each"),
    [
        *((section, 4 if section == "forms" else 1) for section in SECTIONS),
        pytest.param("forms", 1, marks=pytest.mark.soak),
    ],
)
def test_a_changed_value_changes_its_own_sentence_and_no_other(section: str, each: int) -> None:
    """``each``: of the forms, that have most by far, one value in so many."""
    faults = [found for path, value in list(normative(section))[::each] if (found := fault(path, value))]
    assert faults == []


def test_almost_everything_is_normative() -> None:
    """The list of what is not said stays short: it does not grow unnoticed."""
    everything = [path for section in SECTIONS for path, _ in values(document()[section], (section,))]
    agreed = [path for section in SECTIONS if section != "forms" for path, _ in normative(section)]
    assert len(agreed) > 400
    assert all(
        any(re.fullmatch(pattern, shown(path)) for path in everything) for pattern in (*NAMES, *SEVERAL)
    )


def test_a_value_that_is_not_said_is_found() -> None:
    assert fault(("organisation", "sector"), "ouderenzorg").startswith("not said: organisation/sector")


def test_what_a_field_means_to_the_platform_is_said_in_dutch() -> None:
    schema = json.loads((files("gehoor.schemas") / "form.schema.json").read_text("utf-8"))
    meanings = schema["$defs"]["field"]["properties"]["meaning"]["enum"]
    assert [one for one in meanings if one not in field_uses.MEANINGS] == []
