"""Match keys: hashes by which earlier dossiers are found again, of the same person or with the same answers.

The register keeps under them which dossiers have what. Keys are hashes: they tell nothing
by themselves, and whoever stays anonymous leaves none about themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.dossier.complainant import says, without_teller
from gehoor.core.forms.fields import StoredValue
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.core.text.contacts import same_email, same_phone
from gehoor.core.text.normalise import normalised
from gehoor.core.text.people_names import Name, one_person, tells_apart
from gehoor.core.text.place_names import near_signs, same_place, telling_words
from gehoor.core.text.similarity import nearly_same

CONTACTS: Final = ("complainant.email", "complainant.phone")
_NAMES: Final = ("complainant.first-name", "complainant.name")
_PERSON: Final = "person "
"""Begins what a person is found by; no field can have a name with a space."""
_ASKS: Final = "asks "
"""Begins under what a dossier is found that counts others by something; no field has a space in its name."""
_PART: Final = "#"
"""Stands between a field and which of its answers it is; no field can have it in its name."""
_NEAR: Final = "near "
"""Begins under what an answer is found that names the same with a slip of the pen; no field has a space in its name."""


def match_keys(agreement: Agreement, values: Mapping[str, StoredValue]) -> dict[str, str]:
    """Return under which keys a dossier with these answers is found: what it is by -> the key."""
    values = without_teller(agreement, values)
    found = {f"{_PERSON}{index}": key for index, key in enumerate(person_keys(agreement, values))}
    called = name_key(agreement, values)
    if called:
        found["by name"] = called
    fields = agreement.dossier_form.fields
    asked = {name for question in agreement.register_questions.values() for name in question.same}
    for name, value in values.items():
        if name in fields and (fields[name].type.indexed or name in asked):
            found |= _answer_keys(agreement, name, value)
            found |= _near_keys(agreement, name, value)
    return found | _asking_keys(agreement, found)


def _asking_keys(agreement: Agreement, found: Mapping[str, str]) -> dict[str, str]:
    """Return under which keys a dossier is found that counts others, by what it counts them."""
    questions = agreement.register_questions.values()
    by = {key for question in questions for group in keys_of(question, found) for key in group}
    return {f"{_ASKS}{what}": asking_key(key) for what, key in found.items() if key in by}


def asking_key(key: str) -> str:
    """Return the key of the dossiers that count others by this one."""
    return content_hash(dump(["asks", key]))


def is_asking(what: str) -> bool:
    """Say whether something that a dossier is found by says what it counts, and not what it is."""
    return what.startswith(_ASKS)


def told_by(agreement: Agreement, values: Mapping[str, StoredValue]) -> dict[str, StoredValue]:
    """Return the answers by which it is told whether two dossiers with a person key in common are two messages of one
    person: names and the story."""
    names = {agreement.field_for(meaning) for meaning in (*_NAMES, "story")}
    return {name: value for name, value in values.items() if name in names}


def is_of_person(what: str) -> bool:
    """Say whether something that a dossier is found by is who told it."""
    return what.startswith(_PERSON)


def _answer_keys(agreement: Agreement, name: str, value: StoredValue) -> dict[str, str]:
    """Return the keys of an answer; of a list one for each that is in it: dossiers with one of them in common are
    alike."""
    if not isinstance(value, list):
        return {name: answer_key(agreement, name, value)}
    parts = sorted({str(one) for one in value if not isinstance(one, dict)})
    return {f"{name}{_PART}{index}": answer_key(agreement, name, one) for index, one in enumerate(parts)}


def _near_keys(agreement: Agreement, name: str, value: StoredValue) -> dict[str, str]:
    """Return the keys that an answer which people type themselves has in common with the same one mistyped."""
    if not isinstance(value, str) or agreement.dossier_form.fields[name].type.picked:
        return {}
    signs = enumerate(near_signs(value))
    return {f"{_NEAR}{name} {at}": _key(agreement.organisation, "near", name, one) for at, one in signs}


def is_near(what: str) -> bool:
    """Say whether something that a dossier is found by is an answer that may be the same, mistyped."""
    return what.startswith(_NEAR)


def near_keys_of(name: str, found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of dossiers with an answer in a field that may be the same, mistyped: whether it is, is for
    ``same_place`` to say. ``found``: the match keys of a dossier."""
    return tuple(key for what, key in found.items() if what.startswith(f"{_NEAR}{name} "))


def is_same_mistyped(one: StoredValue | None, other: StoredValue | None) -> bool:
    """Say whether two answers are the same but for a slip of the pen."""
    return isinstance(one, str) and isinstance(other, str) and same_place(one, other)


def keys_of(question: RegisterQuestion, found: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the keys that answer a question: dossiers with one key of each group. Nothing when nothing can.

    ``found``: the match keys of a dossier."""
    if not question.same:
        people = tuple(key for what, key in found.items() if what.startswith(_PERSON))
        return (people,) if people else ()
    groups = tuple(
        tuple(key for what, key in found.items() if what == name or what.startswith(f"{name}{_PART}"))
        for name in question.same
    )
    return groups if all(groups) else ()


def person_keys(agreement: Agreement, values: Mapping[str, StoredValue]) -> Iterator[str]:
    """Give the keys of who told: by e-mail and phone; by name only where there is neither."""
    known = {meaning: str(values.get(agreement.field_for(meaning), "")) for meaning in CONTACTS}
    contacts = [
        ("email", same_email(text) if (text := known["complainant.email"]) else ""),
        ("phone", same_phone(text, agreement.country) if (text := known["complainant.phone"]) else ""),
    ]
    given = [(what, text) for what, text in contacts if text]
    name = _name(agreement, values)
    if not given and name:
        given = [("name", name)]
    for what, text in given:
        yield _key(agreement.organisation, "person", what, text)


def keys_by_meaning(agreement: Agreement, values: Mapping[str, StoredValue]) -> dict[str, tuple[str, ...]]:
    """Return the keys by which it is told who told something before, each with the meanings of what it is made of."""
    found: dict[str, tuple[str, ...]] = {}
    for meaning in CONTACTS:
        alone = {name: values[name] for name in (agreement.field_for(meaning),) if name in values}
        found |= dict.fromkeys(person_keys(agreement, alone), (meaning,))
    return found | dict.fromkeys(filter(None, (name_key(agreement, values),)), _NAMES)


def may_be_same_person(
    agreement: Agreement, values: Mapping[str, StoredValue], others: Mapping[str, StoredValue]
) -> bool:
    """Say whether two dossiers with a person key in common can be of one person: a household shares its address and
    number, and its members have other first names."""
    return one_person(_named(agreement, values), _named(agreement, others))


def _named(agreement: Agreement, values: Mapping[str, StoredValue]) -> Name:
    return Name(*(str(values.get(agreement.field_for(one), "")) for one in _NAMES))


def tell_one_person(
    agreement: Agreement, values: Mapping[str, StoredValue], others: Mapping[str, StoredValue]
) -> bool:
    """Say whether two dossiers were certainly told by one person: by a way to be reached that both gave, under names
    that go together. A name alone is shared by many, a family shares its name and its address, and who is anonymous is
    nobody in particular."""
    if any(says(agreement, "anonymous", of) for of in (values, others)):
        return False
    reached = ({*person_keys(agreement, _reaching(agreement, of))} for of in (values, others))
    first, second = reached
    names = [_named(agreement, of) for of in (values, others)]
    return not first.isdisjoint(second) and all(map(tells_apart, names)) and one_person(*names)


def _reaching(agreement: Agreement, values: Mapping[str, StoredValue]) -> dict[str, StoredValue]:
    names = {agreement.field_for(meaning) for meaning in CONTACTS}
    return {name: value for name, value in values.items() if name in names}


def is_told_again(
    agreement: Agreement, values: Mapping[str, StoredValue], others: Mapping[str, StoredValue]
) -> bool:
    """Say whether two dossiers of one person tell nearly the same story."""
    story = agreement.field_for("story")
    return nearly_same(str(values.get(story, "")), str(others.get(story, "")))


def name_key(agreement: Agreement, values: Mapping[str, StoredValue]) -> str:
    """Return the key of a name, whatever else is known; empty without one. People share names: it is a hint, and no
    rule counts by it."""
    name = _name(agreement, values)
    return _called(agreement.organisation, name) if name else ""


def called_key(organisation: str, name: str) -> str:
    """Return under which key the dossiers of who is called so are found: all of the name, in any order."""
    return _called(organisation, " ".join(sorted(_plain(name).split())))


def _called(organisation: str, name: str) -> str:
    return _key(organisation, "called", name)


def _name(agreement: Agreement, values: Mapping[str, StoredValue]) -> str:
    given = " ".join(str(values.get(agreement.field_for(meaning), "")) for meaning in _NAMES)
    return " ".join(sorted(_plain(given).split()))


def answer_key(agreement: Agreement, field: str, value: StoredValue) -> str:
    """Return the key of an answer: capitals and accents make no difference, and in what people type themselves neither
    do signs, little words and the order of the words."""
    of = agreement.dossier_form.fields.get(field)
    told = "" if of is None or of.type.picked else " ".join(sorted(telling_words(str(value))))
    return _key(agreement.organisation, "answer", field, told or _plain(str(value)))


def _plain(text: str) -> str:
    return " ".join(normalised(text).split())


def _key(*parts: str) -> str:
    return content_hash(dump(list(parts)))
