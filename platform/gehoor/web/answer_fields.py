"""WTForms for agreed forms: a form class per agreement and set of fields, each field reading by its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import Field as WtfField
from wtforms import Form as WtfForm

from gehoor.core.agreement import Agreement
from gehoor.core.field_reading import UnreadableError
from gehoor.core.fields import KINDS, Field, StoredValue

PREFIX = "v_"
"""Names of agreed fields in a page start so: an organisation may call a field anything."""


class AnswerField(WtfField):
    """A field of an agreed form. ``data`` is the stored value; what cannot be read stays as it was typed."""

    def __init__(self, agreed: Field, zone: ZoneInfo, **arguments: Any) -> None:
        super().__init__(label=agreed.label, description=agreed.help, **arguments)
        self.agreed = agreed
        self._zone = zone

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what the browser sent. What cannot be read is judged, with everything else, by the use case."""
        several = self.agreed.kind == "choices"
        raw: Any = [str(value) for value in valuelist] if several else str(valuelist[0]) if valuelist else ""
        try:
            self.data = KINDS[self.agreed.kind].read(raw, self.agreed, self._zone)
        except UnreadableError:
            self.data = raw

    @property
    def shown(self) -> Any:
        """What stands in the page: what was typed, or the stored value as an input wants it."""
        if self.data is None:
            return [] if self.agreed.kind == "choices" else ""
        if self.agreed.kind == "boolean" and isinstance(self.data, bool):
            return "ja" if self.data else "nee"
        if self.agreed.kind == "instant":
            return str(self.data)[:16]
        return self.data


@lru_cache(maxsize=256)
def _form_class(names: tuple[str, ...], fields: tuple[_Hashed, ...], zone: str) -> type[WtfForm]:
    place = ZoneInfo(zone)
    members = {
        f"{PREFIX}{name}": _unbound(hashed.field, place) for name, hashed in zip(names, fields, strict=True)
    }
    return type("AnswerForm", (WtfForm,), members)


class _Hashed:
    """A field of an immutable agreement: the same agreement and name, the same field."""

    def __init__(self, digest: str, field: Field) -> None:
        self.field = field
        self._key = (digest, field.id, field.label)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self._key == other._key


def _unbound(field: Field, zone: ZoneInfo) -> Any:
    return AnswerField(field, zone)


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
        names = tuple(field.id for field in fields)
        hashed = tuple(_Hashed(agreement.hash, field) for field in fields)
        data = {f"{PREFIX}{name}": value for name, value in (stored or {}).items()}
        self._form = _form_class(names, hashed, agreement.time_zone)(formdata=sent, data=data)
        self.names = names

    def __getitem__(self, name: str) -> AnswerField:
        field = self._form[f"{PREFIX}{name}"]
        assert isinstance(field, AnswerField)
        return field

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, by field; an empty answer is an empty text."""
        return {name: "" if self[name].data is None else self[name].data for name in self.names}

    def refuse(self, messages: Mapping[str, str]) -> None:
        """Put a sentence at each field that was refused."""
        for name, message in messages.items():
            if name in self.names:
                self[name].errors = (*self[name].errors, message)

    def errors(self) -> list[tuple[str, str, str]]:
        """Return the refusals in the order of the page: element id, label, sentence."""
        return [
            (f"{PREFIX}{name}", str(self[name].label.text), error)
            for name in self.names
            for error in self[name].errors
        ]
