"""The input of one answer in a page, and what each field type makes of it: it reads by its type, and keeps what cannot
be read as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from markupsafe import Markup
from wtforms import Field as WtfField
from wtforms.utils import unset_value

from gehoor.core.forms.fields import Choice, Field
from gehoor.core.forms.reading import UnreadableError
from gehoor.web.display.conditions import NEVER


def as_stored(value: Any) -> Any:
    """Show a stored value as it is."""
    return value


class AnswerField(WtfField):
    """A field of an agreed form. ``data`` is the stored value; what cannot be read stays as it was typed."""

    def __init__(self, agreed: Field, types: WebTypes, zone: ZoneInfo, **arguments: Any) -> None:
        super().__init__(label=agreed.label, description=agreed.help, **arguments)
        self.agreed = agreed
        self.looks = types[agreed.kind]
        self._types, self._zone = types, zone
        self.offers: Mapping[str, str] = {}
        """Code -> when its choice is offered, as the page judges it; of others: always."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what the browser sent. What cannot be read is judged, with everything else, by the use case."""
        several = self.looks.several
        raw: Any = [str(value) for value in valuelist] if several else str(valuelist[0]) if valuelist else ""
        try:
            self.data = self.agreed.type.read(raw, self.agreed, self._zone)
        except UnreadableError:
            self.data = raw

    @property
    def shown(self) -> Any:
        """What stands in the page: what was typed, or the stored value as an input wants it."""
        if self.data is None:
            return [] if self.looks.several else ""
        return self.looks.shown(self.data)

    def chosen(self, code: str, attribute: str) -> Markup:
        """Return an attribute (`` checked``, `` selected``) when this answer is, or has, a code; else nothing."""
        return Markup(attribute) if self._has(code) else Markup("")  # noqa: S704 - a word of the template

    @property
    def offered(self) -> list[Choice]:
        """The choices that are shown: those that can be made, and those that were made when they could."""
        return [choice for choice in self.agreed.choices if self._can_be(choice) or self._has(choice.code)]

    def _can_be(self, choice: Choice) -> bool:
        return not choice.retired and self.offers.get(choice.code) != NEVER

    def _has(self, code: str) -> bool:
        return bool(code in self.shown if self.looks.several else code == self.shown)

    @property
    def stands_out(self) -> bool:
        """Whether something here has to be seen: the phase it is in is unfolded."""
        return bool(self.errors)

    def refuse(self, message: str) -> None:
        """Put a sentence at this answer."""
        self.errors = (*self.errors, message)

    def refusals(self) -> list[tuple[str, str, str]]:
        """Return the refusals: element id, label, sentence."""
        return [(self.name, str(self.label.text), str(error)) for error in self.errors]


class ReadOnlyField(AnswerField):
    """A field that nobody fills in: what the browser sends for it is not looked at."""

    def process(
        self,
        formdata: Any,  # noqa: ARG002
        data: Any = unset_value,
        extra_filters: Any = None,
    ) -> None:
        """Take over what stands there."""
        super().process(None, data, extra_filters)


def _offered_codes(of: Field) -> list[str]:
    return [choice.code for choice in of.choices if not choice.retired]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebType:
    """What a field type looks like in a page; what has no default, no type can do without."""

    name: str
    control: Callable[[Field], str]
    """Which macro of ``parts/fields.html`` makes it: line, area, options, yes_no, select, files or rows."""
    input: type[AnswerField] = AnswerField
    html_type: str = "text"
    """Of a line: the type of its input."""
    attributes: Callable[[Field], Mapping[str, Any]] = lambda _: {}
    """Return what more the input of a line says of the answer."""
    short: bool = False
    """Whether a narrow input is enough."""
    several: bool = False
    """Whether an answer is a list of codes."""
    shown: Callable[[Any], Any] = as_stored
    """Return the stored value, or what was typed, as an input wants it."""
    codes: Callable[[Field], list[str]] = _offered_codes
    """Return the codes that its options send."""
    more_than_a_value: bool = False
    """Whether its markup depends on more than a value: how many rows or files there are, who works here now."""


WebTypes: TypeAlias = Mapping[str, WebType]


def registered(types: Iterable[WebType]) -> WebTypes:
    """Return types by name. Raises ``ValueError`` for two with one name."""
    found: dict[str, WebType] = {}
    for one in types:
        if found.setdefault(one.name, one) is not one:
            raise ValueError(f"two field types are called {one.name}")
    return MappingProxyType(found)
