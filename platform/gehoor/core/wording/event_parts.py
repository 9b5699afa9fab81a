"""What every language tells of an event in the same way: names as they were agreed, and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gehoor.core.agreement.classification import kept_proposal
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.forms.fields import KINDS, ROW_TITLE
from gehoor.core.text.formats import Formats
from gehoor.core.wording.phrases import capital

_SHORT = 12
"""How many characters of a hash tell two agreements apart for people."""

Details = tuple[tuple[str, str], ...]
"""Labels, each with what belongs to it."""


def form_title(agreement: Agreement, data: Mapping[str, Any]) -> str:
    """Name the form that an event was filled in with."""
    form = agreement.forms.get(data["form"])
    return form.title if form else str(data["form"])


def term_name(agreement: Agreement, data: Mapping[str, Any]) -> str:
    """Name the term of an event, and the row that it was about, if it was about one."""
    term = agreement.terms.get(data["term"])
    name = term.name if term else str(data["term"])
    if "row" not in data:
        return name
    of = agreement.dossier_form.fields.get(term.rows) if term else None
    return f"{name} ({of.row_title if of else ROW_TITLE} {data['row']})"


def told_role(agreement: Agreement, data: Mapping[str, Any]) -> str:
    """Name the role that was told; nothing where nobody was."""
    role = agreement.roles.get(data.get("told", ""))
    return role.name if role else str(data.get("told", ""))


def told_instead(agreement: Agreement, data: Mapping[str, Any], instead: str) -> str:
    """Name the role that was told, and for which one it stands in. ``instead``: what stands between the two."""
    asked = told_role(agreement, data)
    acting = told_role(agreement, {"told": data.get("acting", "")})
    return f"{acting}{instead}{asked}" if acting else asked


def told_people(agreement: Agreement, data: Mapping[str, Any]) -> str:
    """Name who was told of a term: who has its task is reminded instead of the role, and hears beside it that it is
    late."""
    role, people = told_role(agreement, data), _with_the_task(agreement, data)
    if data.get("level", 1) > 1 or not people:
        return role
    return ", ".join(filter(None, (people, role))) if "level" in data else people


def _with_the_task(agreement: Agreement, data: Mapping[str, Any]) -> str:
    term = agreement.terms.get(data.get("term", ""))
    task = agreement.tasks.get(term.task) if term else None
    if task is None or not data.get("named"):
        return ""
    fields = agreement.dossier_form.fields
    choices = (fields[task.rows].members if task.rows else fields)[task.by].choices
    known = {choice.code: choice.label for choice in choices}
    return ", ".join(known.get(name, name) for name in data["named"])


def milestone_name(agreement: Agreement, data: Mapping[str, Any]) -> str:
    """Name the milestone of an event."""
    known = agreement.milestones.get(data["milestone"])
    return known.name if known else str(data["milestone"])


def field_label(agreement: Agreement, name: str) -> str:
    """Name a field of the dossier."""
    field = agreement.dossier_form.fields.get(name)
    return field.label if field else name


def short_hash(value: str) -> str:
    """Return as much of the hash of an agreement as people need."""
    return value[:_SHORT]


def answers(agreement: Agreement, values: Mapping[str, Any], formats: Formats) -> Details:
    """Tell answers, each with the label of its field."""
    fields = agreement.dossier_form.fields
    return tuple(
        (fields[name].label, KINDS[fields[name].kind].show(value, fields[name], formats))
        for name, value in values.items()
        if name in fields
    )


def looked_up(
    agreement: Agreement, data: Mapping[str, Any], label: Callable[[Agreement, RegisterQuestion], str]
) -> Details:
    """Tell what the register gave with a save; nothing when it gave nothing. ``label`` names what was asked."""
    return tuple(
        (capital(label(agreement, agreement.register_questions[fact])), str(found["count"]))
        for fact, found in data.get("found", {}).items()
        if found["count"] and fact in agreement.register_questions
    )


def recounted(
    agreement: Agreement,
    data: Mapping[str, Any],
    label: Callable[[Agreement, RegisterQuestion], str],
    none: str,
) -> Details:
    """Tell what the register gave when it was asked anew. ``label`` names what was asked, ``none`` says nothing."""
    return tuple(
        (capital(label(agreement, agreement.register_questions[fact])), str(found["count"] or none))
        for fact, found in data["found"].items()
        if fact in agreement.register_questions
    )


def disappeared(
    agreement: Agreement, data: Mapping[str, Any], formats: Formats, labels: tuple[str, str, str, str]
) -> Details:
    """Tell the lateness that a change hid, the terms that ended undone and the milestones that were passed over, and
    why. ``labels``: what each is called."""
    hidden = "; ".join(
        f"{term_name(agreement, one)} ({due(one['due'], formats)})" for one in data.get("hidden", ())
    )
    undone = "; ".join(
        term_name(agreement, one if isinstance(one, Mapping) else {"term": one})
        for one in data.get("undone", ())
    )
    skipped = "; ".join(milestone_name(agreement, {"milestone": one}) for one in data.get("skipped", ()))
    return present(
        (labels[0], hidden), (labels[1], undone), (labels[2], skipped), (labels[3], data.get("why", ""))
    )


def due(text: str, formats: Formats) -> str:
    """Show when a term is due, as events keep it: a local day or an instant."""
    return formats.instant(datetime.fromisoformat(text)) if "T" in text else day(text, formats)


def present(*details: tuple[str, str]) -> Details:
    """Leave out what there is nothing to say about."""
    return tuple(pair for pair in details if pair[1])


def day(text: str, formats: Formats) -> str:
    """Show a local day as events keep it; nothing for none."""
    return formats.day(date.fromisoformat(text)) if text else ""


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """What the deciding questions proposed and nobody followed: a kind, and the question that decided (or empty)."""

    kind: str
    question: str


def not_followed(agreement: Agreement, data: Mapping[str, Any]) -> NotFollowed | None:
    """Return the proposal of the deciding questions when something else was chosen."""
    proposed = kept_proposal(data)
    if proposed is None or proposed.kind == data["values"].get(agreement.field_for("message-kind")):
        return None
    kind = agreement.kinds.get(proposed.kind)
    question = agreement.questions.get(proposed.decided_by)
    return NotFollowed(kind.name if kind else proposed.kind, question.question if question else "")


def reached_in(agreement: Agreement, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the milestones of which these answers say the day, the first letter a capital."""
    names = (one.name for one in agreement.milestones.values() if one.field in data["values"])
    return tuple(map(capital, names))


def filled_labels(agreement: Agreement, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the fields are called that these answers are of, in the order of the form."""
    changed = {*data["values"], *data["cleared"]}
    return tuple(of.label for name, of in agreement.dossier_form.fields.items() if name in changed)
