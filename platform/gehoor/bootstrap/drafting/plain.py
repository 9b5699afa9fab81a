"""What a child answered about files, as the records that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.core.proposals.asking import (
    AdaptedChapter,
    AdaptedReport,
    AdaptedTable,
    AnswerKind,
    Asking,
    AskingForm,
    FieldGroup,
    Lack,
    ReadyMade,
    Ruling,
    Whose,
)
from gehoor.core.proposals.conversation import Answered, Asked, Conversation, Question, Stand, Step, Where
from gehoor.core.proposals.sheets import (
    Choice,
    ConditionRow,
    Control,
    Crumb,
    Examples,
    FileOutline,
    Item,
    Kind,
    Section,
    Shape,
    Sheet,
    ShownExample,
)


def plain_outline(one: Mapping[str, Any]) -> FileOutline:
    """Return an outline."""
    sections = tuple(
        Section(**{**part, "shape": Shape(part["shape"]), "items": _items(part["items"])})
        for part in one["sections"]
    )
    return FileOutline(one["file"], one["kind"], one["title"], one["says"], sections, one["readable"])


def plain_examples(one: Mapping[str, Any]) -> Examples:
    """Return examples."""
    shown = (
        ShownExample(part["case"], part["file"], part["line"], tuple(part["rules"])) for part in one["shown"]
    )
    return Examples(tuple(shown), tuple(one["unshown"]), tuple(one["idle"]))


def plain_sheet(one: Mapping[str, Any]) -> Sheet:
    """Return a sheet."""
    return Sheet(
        file=one["file"],
        path=tuple(one["path"]),
        shape=Shape(one["shape"]),
        title=one["title"],
        help=one["help"],
        text=one["text"],
        line=one["line"],
        crumbs=tuple(Crumb(part["title"], tuple(part["path"])) for part in one["crumbs"]),
        controls=_controls(one["controls"]),
        more=_controls(one["more"]),
        items=_items(one["items"]),
        subject=one["subject"],
        departments=_choices(one["departments"]),
        starts=_choices(one["starts"]),
        names=_choices(one["names"]),
        above=_choices(one["above"]),
        places=_choices(one["places"]),
        begins=one["begins"],
        fresh=_controls(one["fresh"]),
        is_removable=one["is_removable"],
        is_named=one["is_named"],
        is_text=one["is_text"],
        is_otherwise=one["is_otherwise"],
    )


def plain_asking(one: Mapping[str, Any]) -> Asking:
    """Return what can be chosen of a question that comes."""
    return Asking(
        tuple(Whose(**{**part, "files": tuple(part["files"])}) for part in one["whose"]),
        tuple(AnswerKind(**part) for part in one["kinds"]),
        tuple(AskingForm(**{**part, "questions": _choices(part["questions"])}) for part in one["forms"]),
        _controls(one["first"]),
        _controls(one["more"]),
    )


def plain_ruling(one: Mapping[str, Any]) -> Ruling:
    """Return what can be chosen of a rule that comes."""
    whose = tuple(Whose(**{**part, "files": tuple(part["files"])}) for part in one["whose"])
    groups = tuple(
        FieldGroup(tuple(part["only"]), part["phase"], _choices(part["fields"])) for part in one["groups"]
    )
    return Ruling(whose, _choices(one["fields"]), _choices(one["effects"]), groups)


def plain_report(one: Mapping[str, Any]) -> AdaptedReport:
    """Return a report with its chapters."""
    chapters = tuple(
        AdaptedChapter(**{**part, "tables": tuple(AdaptedTable(**table) for table in part["tables"])})
        for part in one["chapters"]
    )
    found = {"files": tuple(one["files"]), "chapters": chapters, "path": tuple(one["path"])}
    return AdaptedReport(**{**one, **found})


def plain_ready_made(one: Mapping[str, Any]) -> ReadyMade:
    """Return a report or a standard that can be used."""
    lacks = tuple(Lack(part["group"], part["name"], tuple(part["tables"])) for part in one["lacks"])
    lists = {name: tuple(one[name]) for name in ("ids", "holds", "files")}
    return ReadyMade(**{**one, **lists, "lacks": lacks})


def _items(found: list[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**one) for one in found)


def _choices(found: list[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(**one) for one in found)


def _controls(found: list[Mapping[str, Any]]) -> tuple[Control, ...]:
    return tuple(
        Control(
            **{
                **one,
                "kind": Kind(one["kind"]),
                "texts": tuple(one["texts"]),
                "choices": _choices(one["choices"]),
                "asked": tuple(map(_row, one["asked"])),
                "parts": _controls(one["parts"]),
                "groups": _choices(one["groups"]),
                "usual": tuple(one["usual"]),
            }
        )
        for one in found
    )


def _row(one: Mapping[str, Any]) -> ConditionRow:
    return ConditionRow(
        **{
            **one,
            "kind": Kind(one["kind"]),
            "ways": _choices(one["ways"]),
            "texts": tuple(one["texts"]),
            "values": _choices(one["values"]),
        }
    )


def plain_conversation(one: Mapping[str, Any]) -> Conversation:
    """Return a conversation."""
    steps = tuple(Step(part["title"], tuple(map(_question, part["questions"]))) for part in one["steps"])
    return Conversation(steps, tuple(map(_asked, one["asked"])), tuple(one["waiving"]), tuple(one["waived"]))


def _asked(one: Mapping[str, Any]) -> Asked:
    answers = {
        name: Answered(tuple(map(tuple, part["found"])), part["waived"])
        for name, part in one["answers"].items()
    }
    stands = tuple(Stand(**{**part, "path": tuple(part["path"])}) for part in one["stands"])
    return Asked(_question(one["question"]), answers, stands)


def _question(one: Mapping[str, Any]) -> Question:
    return Question(**{**one, "founding": tuple(one["founding"]), "at": tuple(map(_where, one["at"]))})


def _where(one: Mapping[str, Any]) -> Where:
    lists = {name: tuple(one[name]) for name in ("path", "ask", "says", "keys", "own")}
    having = {keyword: tuple(values) for keyword, values in one["having"].items()}
    adding = None if one["adding"] is None else tuple(one["adding"])
    return Where(**{**one, **lists, "having": having, "adding": adding})
