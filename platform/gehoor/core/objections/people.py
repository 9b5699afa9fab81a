"""The people of an organisation as answers: shown by name, chosen from those who work there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Choice, Field, StoredValue
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import Objection


def with_people(agreement: Agreement, people: Iterable[Choice]) -> Agreement:
    """Return an agreement whose fields for people know them: ``people`` by sign-in name, those who left retired."""
    if not any(_asks_people(of) for of in agreement.dossier_form.fields.values()):
        return agreement
    known = tuple(people)
    forms = {name: _with_people(form, known) for name, form in agreement.forms.items()}
    return replace(agreement, forms=forms)


def _with_people(form: Form, people: tuple[Choice, ...]) -> Form:
    if not any(_asks_people(of) for of in form.fields.values()):
        return form
    return replace(form, fields={name: _knowing(of, people) for name, of in form.fields.items()})


def _knowing(of: Field, people: tuple[Choice, ...]) -> Field:
    if of.type.names_people:
        return replace(of, choices=people)
    if not _asks_people(of):
        return of
    return replace(of, members={name: _knowing(member, people) for name, member in of.members.items()})


def _asks_people(of: Field) -> bool:
    return of.type.names_people or any(member.type.names_people for member in of.members.values())


def names_people(form: Form, values: Mapping[str, Any]) -> bool:
    """Say whether an answer names people."""
    return any(name in form.fields and _asks_people(form.fields[name]) for name in values)


def person_objections(
    form: Form, values: Mapping[str, Any], before: Mapping[str, Any], people: Iterable[Choice]
) -> list[Objection]:
    """Object to people who do not work here. Who stood there already may stay; of rows: in that list."""
    working = {choice.code for choice in people if not choice.retired}
    objections = []
    for name, value in values.items():
        if name not in form.fields or not isinstance(value, list):
            continue
        of = form.fields[name]
        if of.type.names_people:
            known = working.union(before.get(name, ()))
            objections += [Objection(name, "unknown-person", told) for told in _unknown(value, known)]
        for member in (one for one in of.members.values() if one.type.names_people):
            stood = (one for row in before.get(name, ()) for one in row.get(member.id, ()))
            known = working.union(stood)
            for number, row in enumerate(value, start=1):
                objections += [
                    Objection(name, "unknown-person", told, number, member.id)
                    for told in _unknown(row.get(member.id, ()), known)
                ]
    return objections


def _unknown(named: Iterable[str], known: Collection[str]) -> list[dict[str, str]]:
    unknown = [one for one in named if one not in known]
    return [{"people": ", ".join(unknown)}] if unknown else []


def same_person_objections(
    fields: Mapping[str, Field],
    values: Mapping[str, StoredValue],
    changed: Collection[str],
    unseen: Collection[str] = (),
) -> list[Objection]:
    """Object to who stands in two fields of which the files say that it is somebody else, when one of them changed.

    A field among the ``unseen`` is not told of."""
    objections = []
    for name, of in fields.items():
        other = of.someone_else_than
        if not other or not {name, other} & set(changed) or name in unseen:
            continue
        if _people(values.get(name)) & _people(values.get(other)):
            told = {} if other in unseen else {"other": fields[other].label}
            objections.append(Objection(name, "same-person-there" if told else "same-person", told))
    return objections


def _people(value: StoredValue | None) -> set[str]:
    return {str(one) for one in value} if isinstance(value, list) else set()
