"""From the canonical document of a publication to an agreement.

The document is what was published, word for word; building it again, years later, gives the same agreement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from gehoor.core.agreement import model
from gehoor.core.agreement.actions import EVERYONE, kept_for
from gehoor.core.agreement.belonging import build_belonging
from gehoor.core.agreement.course import Milestone, Phase, build_contacts
from gehoor.core.agreement.derivation_order import stages_of
from gehoor.core.agreement.parse_rules import build_duty_terms, build_questions, build_rules
from gehoor.core.agreement.parse_terms import build_calendar, build_calendars, build_term
from gehoor.core.agreement.retention import build_retention, retention_rules
from gehoor.core.agreement.rule_sets import letter_rules, moment_rules, rule_set, term_rules
from gehoor.core.agreement.tasks import build_tasks
from gehoor.core.conditions.facts import LATE_TERMS, FactType
from gehoor.core.conditions.parse import build_condition
from gehoor.core.forms.parse import build_form, fact_types
from gehoor.core.letters.parse import build_letters
from gehoor.core.reports.parse import build_overview, build_reports
from gehoor.core.rules.duties import duties_of
from gehoor.core.text.canonical_json import content_hash, dump

_T = TypeVar("_T")


class Parts:
    """Parts of an agreement that were built before, for who builds it again and again while it changes.

    ``says``: gives what stands for a section of the document, where that is known: sections for which it is equal say
    the same. ``text``: the document as a text."""

    def __init__(self) -> None:
        self.says: Callable[[str], Any] | None = None
        self.text = ""
        self._built: dict[str, tuple[Any, Any]] = {}

    def same(self, part: str, said: Any, build: Callable[[], _T]) -> _T:
        """Return a part as it was built before, where all that it goes by is the same, or build it. ``said``: that,
        written out, as one and yes are equal and not the same."""
        before = self._built.get(part)
        if before is None or before[0] != said:
            before = self._built[part] = said, build()
        made: _T = before[1]
        return made


def build_agreement(
    document: Mapping[str, Any], places: Mapping[str, str], parts: Parts | None = None
) -> model.Agreement:
    """Build an agreement. ``places`` gives the file and line of rules and terms (``terms/antwoord``); ``parts``: those
    of before.

    Raises ``ConditionError``, ``DeadlineError``, ``DerivationCircleError`` or ``KeyError`` for a document that was
    never checked.
    """
    types = fact_types(document["forms"][model.DOSSIER_FORM])
    country = _country(document)
    parts = parts or Parts()
    says = parts.says or (lambda section: repr(document.get(section)))
    forms = parts.same(
        "forms",
        (says("forms"), country),
        lambda: {name: build_form(name, data, types, country) for name, data in document["forms"].items()},
    )
    calendar, calendars = build_calendar(document["calendar"]), build_calendars(document)
    zone = document["organisation"]["time-zone"]
    terms = {
        name: build_term(name, data, calendar, zone, types, places.get(f"terms/{name}", ""), calendars)
        for name, data in document["terms"].items()
    }
    questions = build_questions(document)
    answered = {**types, **dict.fromkeys(questions, FactType.INTEGER)}
    asked = {**answered, LATE_TERMS: FactType.CODES}
    at = {name: place for name, place in places.items() if name.startswith(("rules/", "tables/"))}
    decided = says("rules"), says("tables"), repr(asked)
    rules = parts.same("rules", (*decided, at), lambda: build_rules(document, asked, at))
    terms |= {term.id: term for term in build_duty_terms(document, rules, calendar, zone, types)}
    retention = build_retention(document, calendar, asked, places)
    phases = {name: _phase(name, data, types) for name, data in document["phases"].items()}
    written = says("correspondence"), repr(answered)
    correspondence = parts.same("letters", written, lambda: build_letters(document, answered))
    digest = content_hash(parts.text or dump(document))
    dossier_fields = forms[model.DOSSIER_FORM].fields.values()
    return model.Agreement(
        hash=digest,
        organisation=document["organisation"]["id"],
        organisation_name=document["organisation"]["name"],
        department=document["department"]["id"],
        department_name=document["department"]["name"],
        department_code=document["department"]["code"],
        time_zone=zone,
        languages=tuple(document["organisation"].get("languages", ("nl",))),
        country=country,
        contact=_contact(document),
        complaint=_complaint(document["complaint"]),
        kinds={name: _kind(name, data) for name, data in document["kinds"].items()},
        questions={name: _question(name, data) for name, data in document.get("questions", {}).items()},
        otherwise=_outcome(document.get("otherwise")),
        examples=tuple(_example(data) for data in document.get("message-examples", ())),
        channels={name: _channel(name, data) for name, data in document["channels"].items()},
        anonymous=_anonymous(document["anonymous"]),
        waived=dict(document.get("waived", {})),
        list_columns=_listed(document, "columns") or (),
        list_filters=_listed(document, "filters"),
        second_line=tuple(
            model.SecondLine(item["name"], item.get("when", ""), item.get("contact", ""))
            for item in document.get("second-line", ())
        ),
        translations={language: dict(said) for language, said in document.get("translations", {}).items()},
        style=_style(document.get("style", {})),
        danger=_danger(document.get("danger")),
        law={
            name: model.Law(data["name"], data["applies-to"])
            for name, data in document.get("law", {}).items()
        },
        standards=document.get("standards", {}),
        roles={
            name: model.Role(
                name, data["name"], data.get("deputy", ""), "second-step" in data, data.get("dossiers", True)
            )
            for name, data in document["roles"].items()
        },
        rights=kept_for(document),
        confidentiality={name: _level(data) for name, data in document.get("confidentiality", {}).items()},
        emergency=_emergency(document.get("emergency-access")),
        number_pattern=document["numbering"]["pattern"],
        number_year_of=document["numbering"].get("year-of", "receipt"),
        calendar=calendar,
        calendars=calendars,
        milestones={name: _milestone(name, data) for name, data in document["milestones"].items()},
        phases=phases,
        forms=forms,
        terms=terms,
        rules=rules,
        register_questions=questions,
        duties=duties_of(rules.values()),
        letters={
            name: model.Letter(data["subject"], data["text"])
            for name, data in document.get("letters", {}).items()
        },
        notices=dict(document.get("notices", {})),
        correspondence=correspondence,
        meanings={field.meaning: field.id for field in dossier_fields if field.meaning},
        derivations=parts.same("stages", (*decided, at), lambda: stages_of(rules.values(), answered)),
        fact_types=asked,
        rule_set=parts.same(
            "rule set",
            (says("forms"), *decided, says("phases"), _going(document)),
            lambda: rule_set(asked, forms, rules, phases, correspondence),
        ),
        letter_rules=parts.same("letter rules", written, lambda: letter_rules(answered, correspondence)),
        term_rules=term_rules(answered, terms),
        belonging=build_belonging(document),
        contacts=build_contacts(document),
        retention=retention,
        retention_rules=retention_rules(asked, retention),
        moment_rules=moment_rules(terms),
        tasks=build_tasks(
            document.get("tasks", {}), document["forms"][model.DOSSIER_FORM]["properties"], types, places
        ),
        reports=parts.same("reports", (says("reports"), repr(asked)), lambda: build_reports(document, asked)),
        overview=build_overview(document),
    )


def agreement_of(like: model.Agreement, document: Mapping[str, Any], text: str = "") -> model.Agreement:
    """Build the agreement of a document that differs from that of another only in which department it is of.
    ``text``: the document as a text."""
    return replace(
        like,
        hash=content_hash(text or dump(document)),
        department=document["department"]["id"],
        department_name=document["department"]["name"],
        department_code=document["department"]["code"],
        contact=_contact(document),
    )


def _going(document: Mapping[str, Any]) -> str:
    """Return in which cases each letter can go, written out."""
    return repr([(name, one.get("applies-if")) for name, one in document.get("correspondence", {}).items()])


def _phase(name: str, data: Mapping[str, Any], types: Mapping[str, FactType]) -> Phase:
    condition = build_condition(data["applies-if"], types) if "applies-if" in data else None
    return Phase(
        name,
        data["name"],
        data.get("explanation", ""),
        data["done-at"],
        data.get("opens-after", ""),
        condition,
        data.get("public", ""),
        data.get("fixed-after", ""),
    )


def _milestone(name: str, data: Mapping[str, Any]) -> Milestone:
    return Milestone(name, data["name"], data["field"], data.get("hour", ""), data.get("closes", False))


def _level(data: Mapping[str, Any] | str) -> model.Level:
    if isinstance(data, str):
        return model.Level(everyone=data == EVERYONE)
    return model.Level(False, tuple(data["exists-for"]), data.get("handler", False))


def _emergency(data: Mapping[str, Any] | None) -> model.EmergencyAccess | None:
    return model.EmergencyAccess(data["number-of-hours"], tuple(data["tell"])) if data else None


def _country(document: Mapping[str, Any]) -> str:
    """Return in which country an organisation is: as it says, else by the days that are holidays there."""
    holidays: str = document["calendar"].get("holidays", "")
    named: str = document["organisation"].get("country", "")
    return named or (holidays[:2] if holidays[2:3] == "-" else "")


def _contact(document: Mapping[str, Any]) -> model.Contact:
    contact = {**document["organisation"].get("contact", {}), **document["department"].get("contact", {})}
    return model.Contact(contact.get("phone", ""), contact.get("email", ""), contact.get("address", ""))


def _complaint(data: Mapping[str, Any]) -> model.Complaint:
    agreed = data["agreed"]
    review = agreed.get("review-before")
    return model.Complaint(
        description=data["description"],
        includes=tuple((item["what"], item.get("example", "")) for item in data["includes"]),
        excludes=tuple(model.Exclusion(item["what"], item["route"]) for item in data["excludes"]),
        agreed_by=tuple(agreed["by"]),
        agreed_on=date.fromisoformat(agreed["on"]),
        review_before=date.fromisoformat(review) if review else None,
    )


def _kind(name: str, data: Mapping[str, str]) -> model.Kind:
    return model.Kind(name, data["name"], data.get("handling", ""), data.get("owner", ""))


def _question(name: str, data: Mapping[str, Any]) -> model.Question:
    return model.Question(
        name, data["question"], data.get("help", ""), _outcome(data.get("yes")), _outcome(data.get("no"))
    )


def _outcome(data: Mapping[str, str] | None) -> model.Outcome | None:
    return None if data is None else model.Outcome(data["kind"], data.get("route", ""))


def _example(data: Mapping[str, Any]) -> model.MessageExample:
    return model.MessageExample(data["message"], dict(data["answers"]), data["expect"], data.get("why", ""))


def _channel(name: str, data: Mapping[str, Any]) -> model.Channel:
    return model.Channel(
        name, data["name"], data["medium"], data.get("way-of-working", ""), data.get("contact", ""),
        data.get("opening-hours", ""), data.get("anonymous", False),
    )  # fmt: skip


def _anonymous(data: Mapping[str, Any]) -> model.AnonymousPolicy:
    return model.AnonymousPolicy(
        data["policy"], data.get("follow-up-code", False), data.get("explanation", "")
    )


def _listed(document: Mapping[str, Any], word: str) -> tuple[str, ...] | None:
    """Return what was agreed of the work list; None where nothing was."""
    found = document.get("work-list", {}).get(word)
    return None if found is None else (found,) if isinstance(found, str) else tuple(found)


def _style(data: Mapping[str, Any]) -> model.Style:
    return model.Style(data.get("color", ""), data.get("picture", ""))


def _danger(data: Mapping[str, Any] | None) -> model.DangerRoute | None:
    if data is None:
        return None
    calls = tuple((call["name"], call["number"]) for call in data.get("call", ()))
    return model.DangerRoute(data["explanation"], calls, data.get("exit-to", ""))
