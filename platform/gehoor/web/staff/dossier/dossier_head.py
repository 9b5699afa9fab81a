"""The head of a dossier: what it is about, who tells it and how they are reached, and whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from gehoor.core.dossier.complainant import says, without_teller
from gehoor.core.text.contacts import same_phone
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.request.languages import said
from gehoor.web.staff.dossier.dossier_view import full_names


@dataclass(frozen=True)
class Head:
    """What stands at the head, as far as whoever looks may see it; empty where it is not known.

    ``dialled``: the phone number as a telephone dials it; ``accused``: full names; ``severity``: the label of the
    answer.
    """

    subject: str
    anonymous: bool
    name: str
    phone: str
    dialled: str
    email: str
    mail_link: str
    address: str
    accused: tuple[str, ...]
    danger: bool
    severity: str


def head_of(opened: OpenedDossier) -> Head:
    """Return the head of a dossier: by what its fields mean, whatever they are called."""
    names = full_names()
    accused = _value(opened, "accused")
    names_of_teller = [_shown(opened, f"complainant.{part}") for part in ("first-name", "name")]
    phone = _shown(opened, "complainant.phone")
    dialled = same_phone(phone, opened.agreement.country) if phone else ""
    return Head(
        subject=_shown(opened, "subject"),
        anonymous=says(opened.agreement, "anonymous", opened.decision.values),
        name=" ".join(filter(None, names_of_teller)),
        phone=phone,
        # What is no number is shown, and dials nothing.
        dialled=dialled if dialled.startswith("+") else "",
        email=_shown(opened, "complainant.email"),
        mail_link=_mail_link(_shown(opened, "complainant.email")),
        address=_shown(opened, "complainant.address"),
        accused=tuple(names.get(str(one), str(one)) for one in accused) if isinstance(accused, list) else (),
        danger=says(opened.agreement, "danger", opened.decision.values),
        severity=_shown(opened, "severity"),
    )


def _mail_link(address: str) -> str:
    """Return the link by which somebody writes to an address, and to no other: what comes from outside adds nothing."""
    name, _at, domain = address.rpartition("@")
    return f"mailto:{quote(name, safe='')}@{quote(domain, safe='')}"


def _value(opened: OpenedDossier, meaning: str) -> object:
    """Return the answer of the field with a meaning; who is anonymous by now, and gave their name before, has none."""
    known = without_teller(opened.agreement, opened.decision.values)
    return known.get(opened.agreement.field_for(meaning))


def _shown(opened: OpenedDossier, meaning: str) -> str:
    of = opened.agreement.dossier_form.fields.get(opened.agreement.field_for(meaning))
    value = _value(opened, meaning)
    if of is None or value is None or value in ("", []):
        return ""
    return str(of.type.show(value, of, said().formats))
