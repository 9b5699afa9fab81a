"""What an objection says: what is wrong and what to do. The sentences are those of a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from gehoor.core.forms.fields import Field
from gehoor.core.objections.objections import Objection
from gehoor.core.text.formats import Formats

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objections:
    """The sentences of objections, by code. What stands in braces is told by the objection itself."""

    language: str
    formats: Formats
    sentences: Mapping[str, str]
    this_field: str
    """What is asked, where nobody knows its label."""
    row: str
    """Which row of a list: "rij {row}"."""
    nobody: str
    either: str
    """The word between names of which one will do: "of"."""
    also: str
    """The word between names that all count: "en"."""
    late_term: str
    """A term that was late, with the day that it was due: "{term} ({day})"."""
    late_term_told: str
    """The same, when roles were told: "{term} ({day}, gemeld aan {roles})"."""

    def text(
        self,
        objection: Objection,
        label: str = "",
        *,
        say: Callable[[str], str] = str,
        show: Callable[[date], str] | None = None,
        number: Callable[[Decimal], str] | None = None,
    ) -> str:
        """Return the sentence of an objection. ``label`` is how people know what was asked.

        ``say`` gives a sentence in the reader's language where that is another, ``show`` a day and ``number`` a number.
        """
        details = {
            **self._told(objection.details, show or self.formats.day, number or self.formats.number),
            "because": "",
        }
        if because := objection.details.get("because"):
            details["because"] = f" {because}" if objection.code == "required-before" else because
        details["label"] = self.formats.quote(label or say(self.this_field))
        code = self._code(objection)
        if code in ("required", "form-required") and label.endswith("?"):
            code = "required-question"
        return say(self.sentences[code]).format(**details)

    def place(self, objection: Objection, field: Field | None, *, say: Callable[[str], str] = str) -> str:
        """Return how people know the place of an objection: the label of its field, and in a list the row and
        member."""
        if field is None:
            return objection.field
        member = field.members.get(objection.member)
        parts = [
            field.label,
            say(self.row).format(row=objection.row) if objection.row else "",
            member.label if member else objection.member,
        ]
        return ", ".join(part for part in parts if part)

    def _told(
        self, details: Mapping[str, Any], show: Callable[[date], str], number: Callable[[Decimal], str]
    ) -> dict[str, Any]:
        """Return what an objection tells, as text."""
        told = dict(details)
        for key, value in details.items():
            if isinstance(value, date):
                told[key] = show(value)
            elif isinstance(value, Decimal):
                told[key] = number(value)
        for key, word in (("roles", f" {self.either} "), ("parties", f" {self.also} ")):
            if key in details:
                told[key] = word.join(details[key])
        if "letters" in details:
            told["letters"] = f" {self.either} ".join(map(self.formats.quote, details["letters"]))
        if "choices" in details:
            told["choices"] = ", ".join(map(self.formats.quote, details["choices"]))
        if "late" in details:
            told["late"] = "; ".join(self._late(*one) for one in details["late"])
        if "who" in details:
            told["who"] = details["who"] or self.nobody
        return told

    def _late(self, term: str, due: date, roles: Sequence[str]) -> str:
        day = self.formats.instant(due) if isinstance(due, datetime) else self.formats.day(due)
        text = self.late_term_told if roles else self.late_term
        return text.format(term=term, day=day, roles=f" {self.also} ".join(roles))

    def _code(self, objection: Objection) -> str:
        kind, bound = objection.details.get("kind", ""), objection.details.get("bound")
        if objection.code in ("form-oneOf", "form-enum", "form-items"):
            return "form-choice"
        if objection.code == "form-multipleOf" and bound == _CENT:
            return "form-multipleOf-cent"
        if objection.code == "form-pattern" and "refusal" in objection.details:
            return "at-least-one"
        if objection.code == "form-const":
            return "form-const" if bound else "form-const-no"
        for code in (f"{objection.code}-{kind}", objection.code):
            if code in self.sentences:
                return code
        return "unreadable" if objection.code.startswith("unreadable") else "form"


def asked_field(objection: Objection, field: Field | None) -> Field | None:
    """Return what was asked where an objection is: its field, or in a list the member; None when that is not known."""
    return field.members.get(objection.member) if field and objection.member else field
