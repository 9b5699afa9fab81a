"""Rendering the fields of a form: each by markup that was made once per field, state of the page and language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from flask import Flask, current_app
from flask_babel import get_locale
from markupsafe import Markup

from gehoor.core.decision.model import Requirement
from gehoor.core.forms.fields import Field
from gehoor.web.display.conditions import show_when
from gehoor.web.forms.answer_form import PREFIX, AnswerForm
from gehoor.web.forms.markup import Cut, StandIn, cut
from gehoor.web.forms.offers import offer_choices, offers_of
from gehoor.web.forms.types.base import AnswerField
from gehoor.web.forms.types.registry import TYPES

Marks: TypeAlias = tuple[tuple[str, Requirement], ...]
"""The milestones that an answer is needed for, by name, each with why."""

_KEPT: Final = 20_000
"""How many fields stay cut, at a few kB each: more than the forms of fifty departments in three languages."""
_NAME: Final = "gehoor-markup"
_ALL: Final[Mapping[str, str]] = MappingProxyType({})
"""Of a field of which every choice is offered, whatever else is answered."""


@dataclass(frozen=True, slots=True)
class State:
    """What decides, beside the answer, how a field is rendered: one of these per page and kind of place in it."""

    required: bool = False
    marks: Marks = ()
    conditional: bool = False
    """Whether it is shown by an answer to another field of the page."""
    one_of: int = 0
    """How many fields there are of which one at least has to be answered, with this one; 0: it stands alone."""
    note: str = ""
    """What else is said of it here, after its help."""


class CutMarkup:
    """The markup of fields that was made before. Fields are known by identity: an agreement is built once."""

    def __init__(self) -> None:
        self._cuts: OrderedDict[tuple[Any, ...], tuple[Field, Cut | None]] = OrderedDict()
        self._lock = Lock()

    def of(
        self,
        agreed: Field,
        name: str,
        state: State,
        language: str,
        offers: Mapping[str, str] = MappingProxyType({}),
    ) -> Cut | None:
        """Return the markup of a field, cut; None for one that has to be rendered each time. ``offers``: when its
        choices are offered."""
        key = (
            id(agreed),
            name,
            state.required,
            state.marks,
            state.conditional,
            state.one_of,
            state.note,
            language,
            tuple(offers.items()),
        )
        # Reading needs no lock: what is read holds on to its field, so the identity in its key is still its own.
        found = self._cuts.get(key)
        if found is None:
            condition = _condition(agreed, name) if state.conditional else ""
            whole = _whole(StandIn(agreed, name, offers=offers), state, condition)
            found = (agreed, cut(agreed, whole, offers))
            with self._lock:
                self._cuts[key] = found
                while len(self._cuts) > _KEPT:
                    self._cuts.popitem(last=False)
        return found[1]


def install(app: Flask) -> None:
    """Give templates ``answer`` for one field and ``answers`` for those of a whole form."""
    app.extensions[_NAME] = CutMarkup()
    app.jinja_env.globals.update(answer=answer, answers=answers, row_answer=row_answer)


def answer(
    form: AnswerForm,
    name: str,
    *,
    required: bool = False,
    marks: Iterable[tuple[str, Requirement]] = (),
    dossier: Any = None,
    conditional: bool = False,
    note: str = "",
) -> Markup:
    """Return a field with its answer; ``conditional``: an answer to another field of the page shows it; ``note``: what
    else is said of it."""
    state = State(required, tuple(marks), conditional, note=note)
    return Markup(_answer(form, name, state, (_cuts(), _language()), dossier))  # noqa: S704


def answers(
    form: AnswerForm,
    required: Collection[str],
    names: Iterable[str] | None = None,
    one_of: Mapping[str, int] = MappingProxyType({}),
) -> Markup:
    """Return fields of a form with their answers, all of them or those with ``names``; a field may be shown by an
    answer to another. ``one_of``: the fields of which one at least has to be answered, with how many they are."""

    def state(name: str) -> State:
        return State(required=name in required, conditional=True, one_of=one_of.get(name, 0))

    known, shown = (_cuts(), _language()), form.names if names is None else names
    return Markup(  # noqa: S704 - made by the template, the values escaped
        "".join([_answer(form, name, state(name), known) for name in shown])
    )


def row_answer(field: AnswerField, required: bool) -> Markup:
    """Return an answer in a row of a list."""
    if not field.errors and not field.agreed.has_offers:
        made = _cuts().of(field.agreed, field.name, State(required, conditional=True), _language())
        if made is not None and made.fits(field.data):
            return Markup(made.fill(field.data))  # noqa: S704 - made by the template, the value escaped
    condition = _condition(field.agreed, field.name)
    return Markup(_whole(field, State(required), condition))  # noqa: S704


def _answer(
    form: AnswerForm, name: str, state: State, known: tuple[CutMarkup, str], dossier: Any = None
) -> str:
    agreed = form.agreed(name)
    varies = TYPES[agreed.kind].more_than_a_value or agreed.read_only
    if not varies and not form.is_refused(name):
        offers = offers_of(agreed, form.offering) if agreed.has_offers else _ALL
        made = known[0].of(agreed, PREFIX + name, state, known[1], offers)
        value = form.value(name)
        if made is not None and (made.is_for_all or made.fits(value)):
            return made.fill(value)
    condition = _condition(agreed, PREFIX + name) if state.conditional else ""
    if agreed.has_offers:
        offer_choices(form[name], form.offering)
    return _whole(form[name], state, condition, dossier)


def _whole(field: AnswerField | StandIn, state: State, conditional: str, dossier: Any = None) -> str:
    template: Any = current_app.jinja_env.get_template("parts/fields.html")
    block = template.module.field_block
    return str(block(field, state.required, state.marks, conditional, dossier, state.one_of, state.note))


def _condition(agreed: Field, name: str) -> str:
    """Return what shows a field as the page knows it: in a row, an answer of the same row."""
    return show_when(agreed, name.removeprefix(PREFIX).removesuffix(agreed.id))


def _cuts() -> CutMarkup:
    cuts: CutMarkup = current_app.extensions[_NAME]
    return cuts


def _language() -> str:
    return str(get_locale())
