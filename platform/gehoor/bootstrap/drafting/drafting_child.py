"""The child process that reads the files of somebody who changes agreements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from gehoor.adapters.sandbox.child import serve_confined
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.export.new_organisation import (
    AnswerError,
    first_files,
    no_durations,
    organisation_id,
    questions,
)
from gehoor.loading.load import Remembered, load_workspace
from gehoor.loading.problems.texts import sentence
from gehoor.loading.sheets.adding import Addition, with_department, with_part, with_thing
from gehoor.loading.sheets.conversation import conversation
from gehoor.loading.sheets.filling import filled, moved_thing, standing, with_text, without_thing
from gehoor.loading.sheets.growing import Changed, FillError
from gehoor.loading.sheets.places import NoSheetError
from gehoor.loading.sheets.proofs import examples, untold
from gehoor.loading.sheets.renaming import renamed_everywhere, uses
from gehoor.loading.sheets.searching import found_in
from gehoor.loading.sheets.sheet import outline, sheet
from gehoor.loading.ways_in.questions import WholeQuestion, asking, with_whole_question
from gehoor.loading.ways_in.ready_made import ready_made, with_used, without_used
from gehoor.loading.ways_in.report_fields import field_places
from gehoor.loading.ways_in.reports import adapted_reports, with_adaptation
from gehoor.loading.ways_in.rule_examples import with_example
from gehoor.loading.ways_in.rules import NewRule, ruling, with_rule
from gehoor.services.ports.drafting import Act, Told

_MOST_TOLD = 200
_MOST_ORGANISATIONS = 4
_LONGEST = 2000
_QUOTED: Final = re.compile("'([^']+)'")
_REMEMBERED: Final[dict[str, Remembered]] = {}


def judge(request: dict[str, Any]) -> dict[str, Any]:
    """Return what is to be said of the files, and the departments that they give."""
    loaded = load_workspace(
        Path(request["workspace"]), (request["organisation"],), _remembered_of(request["organisation"])
    )
    # What is serious is never among what is left out.
    kept = loaded.problems
    if len(kept) > _MOST_TOLD:
        kept = sorted(kept, key=lambda one: one.severity is Severity.WARNING)[:_MOST_TOLD]
    return {
        "told": [asdict(_told(problem)) for problem in kept],
        "departments": [
            {"name": one.department, "document": one.text, "places": one.places} for one in loaded.departments
        ],
    }


def _remembered_of(organisation: str) -> Remembered:
    """Return what was found right in an organisation so far; of few organisations, as it fills memory."""
    if organisation not in _REMEMBERED:
        while len(_REMEMBERED) >= _MOST_ORGANISATIONS:
            _REMEMBERED.pop(next(iter(_REMEMBERED)))
        _REMEMBERED[organisation] = Remembered()
    return _REMEMBERED[organisation]


def outlined(request: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in each file."""
    found = outline(Path(request["workspace"]), tuple(request["files"]), request["organisation"])
    return {"outline": [asdict(one) for one in found]}


def searched(request: dict[str, Any]) -> dict[str, Any]:
    """Return where words are said in the files."""
    workspace, files = Path(request["workspace"]), tuple(request["files"])
    found = found_in(workspace, files, request["organisation"], request["asked"])
    return {"hits": [asdict(one) for one in found]}


def seen(request: dict[str, Any]) -> dict[str, Any]:
    """Return the sheet of a place."""
    workspace, path = Path(request["workspace"]), tuple(request["path"])
    try:
        found = sheet(workspace, request["organisation"], request["file"], path, grows=request["grows"])
    except NoSheetError as error:
        return {"missing": str(error)[:_LONGEST]}
    return {"sheet": asdict(found)}


def used(request: dict[str, Any]) -> dict[str, Any]:
    """Return where a thing is named."""
    workspace, path = Path(request["workspace"]), tuple(request["path"])
    try:
        found = uses(workspace, request["organisation"], request["file"], path)
    except NoSheetError as error:
        return {"missing": str(error)[:_LONGEST]}
    return {"uses": [asdict(one) for one in found]}


def talked(request: dict[str, Any]) -> dict[str, Any]:
    """Return what the files answer to each question."""
    return asdict(conversation(Path(request["workspace"]), request["organisation"], request["asked"]))


def edited(request: dict[str, Any]) -> dict[str, Any]:
    """Return what an edit makes of the files."""
    try:
        files, path = _edited(Path(request["workspace"]), request["organisation"], request["edit"])
    except NoSheetError as error:
        return {"missing": str(error)[:_LONGEST]}
    except FillError as error:
        return {"refused": [error.word, error.reason]}
    return {"files": {one.file: one.text for one in files}, "path": path}


def _edited(
    workspace: Path, organisation: str, edit: dict[str, Any]
) -> tuple[list[Changed], tuple[str | int, ...]]:
    file, path, name = edit["file"], tuple(edit["path"]), edit["name"]
    match edit["act"]:
        case (
            Act.ADAPT | Act.ADD | Act.DEPARTMENT | Act.QUESTION | Act.RULE | Act.EXAMPLE | Act.USE | Act.LEAVE
        ):
            return _added(workspace, organisation, edit)
        case Act.REMOVE:
            made = without_thing(workspace, organisation, file, path)
            return [made], standing(made.text, path[:-1])
        case Act.MOVE:
            return [moved_thing(workspace, file, path, edit["to"])], path[:-1]
        case Act.SAY:
            said = edit["given"].get("", [""])[0]
            return [with_text(workspace, file, (*path, name), said)], path
        case Act.RENAME:
            files, called = renamed_everywhere(workspace, organisation, file, path, name)
            return files, (*path[:-1], called)
    made = filled(workspace, organisation, file, path, edit["given"], grows=edit["grows"])
    return [made], standing(made.text, path)


def _added(
    workspace: Path, organisation: str, edit: dict[str, Any]
) -> tuple[list[Changed], tuple[str | int, ...]]:
    match edit["act"]:
        case Act.ADAPT:
            made = with_adaptation(workspace, organisation, edit["name"])
        case Act.USE:
            made = with_used(workspace, organisation, edit["kind"], edit["name"])
        case Act.LEAVE:
            made = without_used(workspace, organisation, edit["kind"], edit["name"])
        case Act.DEPARTMENT:
            made = with_department(workspace, organisation, edit["name"])
        case Act.QUESTION:
            made = with_whole_question(workspace, organisation, _question(edit))
        case Act.RULE:
            wanted = NewRule(edit["name"], tuple(edit["fields"]), edit["department"])
            made = with_rule(workspace, organisation, wanted)
        case Act.EXAMPLE:
            made = with_example(
                workspace, organisation, edit["file"], tuple(edit["path"]), edit["name"], edit["department"]
            )
        case _ if edit["part"]:
            made = with_part(workspace, organisation, edit["part"], edit["name"])
        case _:
            more = Addition(
                edit["name"],
                edit["department"],
                edit["start"],
                edit["begin"],
                edit["grows"],
                edit["after"],
                edit["said"],
            )
            made = with_thing(workspace, organisation, edit["file"], tuple(edit["path"]), more)
    return made


def _question(edit: dict[str, Any]) -> WholeQuestion:
    return WholeQuestion(
        text=edit["name"],
        form=edit["form"],
        kind=edit["kind"],
        department=edit["department"],
        after=str(edit["after"] or ""),
        choices=tuple(edit["choices"]),
        must=edit["must"],
    )


def adding(request: dict[str, Any]) -> dict[str, Any]:
    """Return what can be chosen of a question that comes."""
    return {"asking": asdict(asking(Path(request["workspace"]), request["organisation"]))}


def adding_rule(request: dict[str, Any]) -> dict[str, Any]:
    """Return what can be chosen of a rule that comes."""
    found = ruling(Path(request["workspace"]), request["organisation"], request["department"])
    return {"ruling": asdict(found)}


def adapting(request: dict[str, Any]) -> dict[str, Any]:
    """Return the reports with their chapters as they come."""
    found = adapted_reports(Path(request["workspace"]), request["organisation"])
    return {"reports": [asdict(one) for one in found]}


def choosing(request: dict[str, Any]) -> dict[str, Any]:
    """Return the reports and standards that can be used as they are."""
    found = ready_made(Path(request["workspace"]), request["organisation"])
    return {"found": [asdict(one) for one in found]}


def placed(request: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the dossier as they come on its form."""
    found = field_places(Path(request["workspace"]), request["organisation"])
    return {"fields": [asdict(one) for one in found]}


def asked(_request: dict[str, Any]) -> dict[str, Any]:
    """Return what is asked of who begins."""
    return {
        "questions": [
            {"name": one.name, "ask": one.ask, "default": one.default, "choices": list(one.means)}
            for one in questions()
        ]
    }


def begun(request: dict[str, Any]) -> dict[str, Any]:
    """Return the first files of an organisation."""
    for question, meant in no_durations(request["answers"]).items():
        return {"refused": [question, meant]}
    try:
        files = first_files(request["answers"], date.fromisoformat(request["today"]), request["taken"])
    except AnswerError as error:
        return {"refused": [error.question, None]}
    return {"organisation": organisation_id(request["answers"].get("name", "")), "files": files}


def shown(request: dict[str, Any]) -> dict[str, Any]:
    """Return the examples of each department."""
    loaded = load_workspace(Path(request["workspace"]), (request["organisation"],))
    return {"examples": {one.department: asdict(examples(one)) for one in loaded.departments}}


def missing(request: dict[str, Any]) -> dict[str, Any]:
    """Return the texts that lack a translation."""
    workspace = Path(request["workspace"])
    loaded = load_workspace(workspace, (request["organisation"],))
    return {"untold": [asdict(one) for one in untold(loaded, workspace)]}


def answer(request: dict[str, Any]) -> Any:
    """Return what is asked."""
    return _ANSWERS[request["what"]](request)


_ANSWERS: Final = {
    "judge": judge,
    "outline": outlined,
    "find": searched,
    "sheet": seen,
    "conversation": talked,
    "uses": used,
    "edit": edited,
    "reports": adapting,
    "ready-made": choosing,
    "field-places": placed,
    "questions": asked,
    "begin": begun,
    "examples": shown,
    "asking": adding,
    "ruling": adding_rule,
    "untold": missing,
}


def _told(problem: Problem) -> Told:
    place = problem.place
    serious = problem.severity is not Severity.WARNING
    said = sentence(problem)[:_LONGEST]
    return Told(place.file, place.line, place.column, problem.code, said, serious, tuple(_asked(problem)))


def _asked(problem: Problem) -> Iterator[str]:
    """Yield the keywords that are missing; of several of which one is enough, the first."""
    for part in str(problem.details.get("missing", "")).split(" en "):
        named = _QUOTED.findall(part)
        yield from named[:1] if " of " in part else named


if __name__ == "__main__":
    serve_confined(answer)
