"""WTForms for agreed forms: a form class per agreement and set of fields, each field reading by its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import Form as WtfForm

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import facts_of
from gehoor.core.objections.choice_objections import Answered
from gehoor.core.objections.objections import Objection
from gehoor.web.forms.offers import Offering
from gehoor.web.forms.types.base import AnswerField
from gehoor.web.forms.types.groups import RowsField
from gehoor.web.forms.types.registry import unbound

PREFIX = "v_"
"""Names of agreed fields in a page start so: an organisation may call a field anything."""
ONE_MORE = "nog-een"
"""The name of the buttons that ask for one more row; the value is the list."""


@lru_cache(maxsize=256)
def _form_class(names: tuple[str, ...], fields: tuple[_Hashed, ...], zone: str) -> type[WtfForm]:
    place = ZoneInfo(zone)
    members = {
        f"{PREFIX}{name}": unbound(hashed.field, place) for name, hashed in zip(names, fields, strict=True)
    }
    return type("AnswerForm", (WtfForm,), members)


class _Hashed:
    """A field of an immutable agreement. Forms ask a field each in its own words, and in more languages."""

    def __init__(self, digest: str, field: Field) -> None:
        self.field = field
        self._key = (digest, field.id, field.label)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self._key == other._key and self.field == other.field


class AnswerForm:
    """A form in a page: bound to what was stored, or to what the browser sent."""

    def __init__(
        self,
        agreement: Agreement,
        fields: Sequence[Field],
        *,
        sent: MultiDict[str, str] | None = None,
        stored: Mapping[str, StoredValue] | None = None,
    ) -> None:
        self._agreed = {field.id: field for field in fields}
        self._zone, self._digest = agreement.time_zone, agreement.hash
        self._sent, self._stored = sent, stored or {}
        self._inputs: dict[str, AnswerField] = {}
        self.names = tuple(self._agreed)
        self.beside: Mapping[str, StoredValue] = {}
        """What is answered elsewhere than on this page: choices may hang on it."""
        self.kept: Mapping[str, StoredValue] = {}
        """What a dossier holds: a choice that goes with none of the other answers in it stays."""
        self._agreement = agreement

    @cached_property
    def _form(self) -> WtfForm:
        """The inputs, bound to what the browser sent."""
        return self._bound(self.names)

    def _bound(self, names: tuple[str, ...]) -> WtfForm:
        hashed = tuple(_Hashed(self._digest, self._agreed[name]) for name in names)
        data = {f"{PREFIX}{name}": self._stored[name] for name in names if name in self._stored}
        return _form_class(names, hashed, self._zone)(formdata=self._sent, data=data)

    def __getitem__(self, name: str) -> AnswerField:
        found = self._touched(name)
        if found is None:
            # A page that shows what was stored needs an input only for what is more than a value.
            found = self._inputs[name] = _input(self._bound((name,)), name)
        return found

    def _touched(self, name: str) -> AnswerField | None:
        """Return the input of an answer that was sent, or that something was done with."""
        return self._inputs.get(name) if self._sent is None else _input(self._form, name)

    def __contains__(self, name: str) -> bool:
        return name in self._agreed

    def agreed(self, name: str) -> Field:
        """Return what was agreed of a field."""
        return self._agreed[name]

    def value(self, name: str) -> Any:
        """Return the answer to a field: its stored value, or what was typed when that cannot be read."""
        touched = self._touched(name)
        return touched.data if touched else self._stored.get(name)

    def is_refused(self, name: str) -> bool:
        """Whether something is wrong with an answer."""
        touched = self._touched(name)
        return touched is not None and bool(touched.errors)

    @cached_property
    def offering(self) -> Offering:
        """What the choices on this page hang on."""
        dossier = self._agreement.dossier_form
        facts = facts_of(dossier.fields, self.beside)
        asked = {name for name, of in self._agreed.items() if not of.read_only}
        # What the moment says, and what rules give, is known once the form is sent.
        asked |= {of.id for of in dossier.filled_in if of.automatic} - self.beside.keys()
        asked |= {effect.field for stage in self._agreement.derivations for _, effect in stage.derivations}
        return Offering(facts, frozenset(asked), Answered(self.kept, facts))

    @property
    def has_rows(self) -> bool:
        """Whether there is a list of groups among the fields."""
        return any(field.type.has_rows for field in self._agreed.values())

    @property
    def takes_files(self) -> bool:
        """Whether files can come with this form."""
        return any(field.type.takes_files for field in self._agreed.values())

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, by field; an empty answer is an empty text."""
        return {name: "" if self[name].data is None else self[name].data for name in self.names}

    def grow(self, name: str) -> bool:
        """Show one row more in a list, when that is what was asked for. Says whether it was."""
        if name not in self:
            return False
        field = self[name]
        if isinstance(field, RowsField):
            field.grow()
        return isinstance(field, RowsField)

    def refuse(self, objection: Objection, message: str) -> bool:
        """Put a sentence where an answer was refused. Says whether that is on this page."""
        if objection.field not in self:
            return False
        field = self[objection.field]
        if isinstance(field, RowsField):
            field.refuse_at(objection.row, objection.member, message)
        else:
            field.refuse(message)
        return True

    def stands_out(self, name: str) -> bool:
        """Whether something at this answer has to be seen: the phase it is in is unfolded."""
        touched = self._touched(name)
        return touched is not None and touched.stands_out

    def has_typed(self, name: str) -> bool:
        """Whether somebody just typed an answer here that was not refused: the page has it, though it is not kept."""
        if self._sent is None or name not in self:
            return False
        return self[name].data not in (None, "", []) and not self[name].errors

    def errors(self) -> list[tuple[str, str, str]]:
        """Return the refusals in the order of the page: element id, label, sentence."""
        touched = [self._touched(name) for name in self.names]
        return [refusal for one in touched if one is not None for refusal in one.refusals()]


def _input(form: WtfForm, name: str) -> AnswerField:
    field = form[f"{PREFIX}{name}"]
    assert isinstance(field, AnswerField)
    return field
