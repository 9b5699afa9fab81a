"""Een regel toevoegen: als dit, dan dat, in rows; with the example that shows it, proven before it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.asking import Ruling, Whose
from gehoor.core.proposals.sheets import Choice, Control, Sheet
from gehoor.services.ports.drafting import (
    Act,
    EditedFiles,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
    TooHeavySourcesError,
)
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.services.proposals.completing import added_whole
from gehoor.services.proposals.looking import sources_seen
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.given import PREFIX, given_in, rows_typed
from gehoor.web.workbench.places import Steps, why_refused
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    drafter,
    judged,
    may_change_file,
    page,
    refusal,
)
from gehoor.web.workbench.verdicts import mistakes_of

pages = Blueprint("new_rule", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/regel")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_LONGEST: Final = 120
_MOST_FIELDS: Final = 8
_UNNAMED: Final = "regel"


@dataclass(frozen=True)
class _Chosen:
    """What somebody chose: for whom, which fields, and the keyword of what happens then."""

    whose: str | None
    fields: tuple[str, ...]
    effect: str
    name: str = ""


@dataclass(frozen=True)
class _Draft:
    """The rule as far as it is chosen, in files that nobody keeps. ``effect``: the sheet of what happens then."""

    files: Mapping[str, bytes]
    file: str
    rule: Sheet
    effect: Sheet

    @property
    def asks(self) -> Control:
        """Its condition."""
        return next(one for one in (*self.rule.controls, *self.rule.more) if one.keyword == "if")

    @property
    def why(self) -> Control:
        """Why it is there."""
        return next(one for one in (*self.rule.controls, *self.rule.more) if one.keyword == "because")


@pages.get("")
@allow(Policy.PROPOSAL)
def ask(proposal: str) -> Answer:
    """Ask what the rule is about, and then the rest."""
    return _page(_chosen(request.args), {}, {})


@pages.post("")
@allow(Policy.PROPOSAL)
def add(proposal: str) -> Answer:
    """Add a rule with its example; or ask about one field more."""
    seen, form = current(), request.form
    chosen = _chosen(form)
    mine = {one.name for one in _mine(_ruling(chosen))}
    if chosen.whose not in mine or not chosen.fields or not chosen.effect:
        return _page(chosen, {}, {}), 422
    tree = form.get("gezien", seen.proposal.tree)
    given: dict[str, list[str]] = {}
    try:
        sources = sources_seen(site().runtime, seen, tree)
        draft = _draft(sources, chosen)
        given = {**given_in(draft.rule, form), **given_in(draft.effect, form)}
        if "nog" in form:
            more = form.get("nog-een", "")
            fields = tuple(dict.fromkeys((*chosen.fields, *([more] if more else ()))))[:_MOST_FIELDS]
            return _page(replace(chosen, fields=fields), given, {})
        files: Mapping[str, bytes] = {}
        wrong: Mapping[str, str] = _wanting(chosen, draft, given)
        if not wrong:
            files, wrong = _whole(sources, chosen, draft, given)
        if wrong:
            return _page(chosen, given, wrong), 422
        what = str(_("regel toegevoegd: %(name)s", name=chosen.name))
        change_files(site().runtime, Edit(seen.proposal.id, tree, files, what), me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except (SheetRefusedError, *REFUSALS) as error:
        return _refused(chosen, given, error)
    return redirect(url_for("proposal_page.show", proposal=proposal, gedaan="gewijzigd"), 303)


def _refused(chosen: _Chosen, given: Mapping[str, Sequence[str]], error: Exception) -> Answer:
    if isinstance(error, SheetRefusedError):
        return _page(chosen, given, {error.word: why_refused(error)}), 422
    return _page(chosen, given, {"": refusal(error)}), 409


def _chosen(typed: Mapping[str, str]) -> _Chosen:
    fields = request.values.getlist("veld")[:_MOST_FIELDS]
    return _Chosen(
        typed.get("voor"),
        tuple(dict.fromkeys(one for one in fields if one)),
        typed.get("dan", ""),
        " ".join(typed.get("naam", "").split())[:_LONGEST],
    )


def _draft(sources: Mapping[str, bytes], chosen: _Chosen) -> _Draft:
    organisation = current().proposal.organisation
    wanted = SheetEdit(
        Act.RULE,
        "",
        (),
        name=chosen.name or _UNNAMED,
        department=chosen.whose or "",
        fields=chosen.fields,
    )
    edited = drafter().edit(sources, organisation, wanted)
    files, file = dict(edited.files), next(iter(edited.files))
    rule = drafter().sheet({**sources, **files}, organisation, file, edited.path)
    then = next(one.word for one in (*rule.controls, *rule.more) if one.keyword == "then")
    path = (*edited.path, then)
    if any(one.word == then for one in rule.controls):
        # What stands there of the shape that a first rule has, makes place.
        files |= drafter().edit({**sources, **files}, organisation, SheetEdit(Act.REMOVE, file, path)).files
    listed = drafter().sheet({**sources, **files}, organisation, file, path, grows=True)
    begun = next((one.usual for one in listed.fresh if one.word == chosen.effect and one.usual), ("...",))
    effect = SheetEdit(Act.ADD, file, path, name=begun[0], start=chosen.effect, grows=True)
    whole = added_whole(drafter(), {**sources, **files}, organisation, effect)
    files |= whole.files
    shown = drafter().sheet({**sources, **files}, organisation, file, whole.path)
    # What was proposed to be able to show it, nobody said.
    empty = tuple(replace(one, texts=(), required=True) for one in shown.controls)
    rule = drafter().sheet({**sources, **files}, organisation, file, edited.path)
    return _Draft(files, file, rule, replace(shown, controls=empty, more=()))


def _wanting(chosen: _Chosen, draft: _Draft, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what is still to be said, by what asks it."""
    wrong: dict[str, str] = {}
    if not chosen.name:
        wrong["naam"] = str(_("Geef de regel een naam."))
    for name, way, *texts in map(json.loads, given.get(draft.asks.word, ())):
        if way != "-" and ": " not in way and not any(map(str.strip, texts)):
            wrong[f"veld:{name}"] = str(_("Kies of typ waarmee het vergeleken wordt."))
    for one in (*draft.effect.controls, draft.why):
        if not any(map(str.strip, given.get(one.word, ()))):
            wrong[one.word] = str(_("Vul dit in."))
    return wrong


def _whole(
    sources: Mapping[str, bytes], chosen: _Chosen, draft: _Draft, given: Mapping[str, Sequence[str]]
) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """Return the files with the whole rule and its example, and what is wrong with them."""
    files = dict(draft.files)
    for sheet in (draft.rule, draft.effect):
        words = {one.word for one in (*sheet.controls, *sheet.more)}
        said = {word: texts for word, texts in given.items() if word in words}
        filled = SheetEdit(Act.FILL, draft.file, sheet.path, said)
        files |= _edited(sources, files, filled).files
    shown = SheetEdit(
        Act.EXAMPLE, draft.file, draft.rule.path, name=chosen.name, department=chosen.whose or ""
    )
    try:
        proven = {**files, **_edited(sources, files, shown).files}
    except SheetRefusedError as error:
        wrong = _wrong(sources, files, draft.file, draft.effect.path)
        if error.reason == "unsaid" or wrong:
            return files, wrong
        raise
    return proven, _wrong(sources, proven, draft.file, draft.effect.path)


def _edited(sources: Mapping[str, bytes], files: Mapping[str, bytes], wanted: SheetEdit) -> EditedFiles:
    return drafter().edit({**sources, **files}, current().proposal.organisation, wanted)


def _wrong(
    sources: Mapping[str, bytes], files: Mapping[str, bytes], file: str, path: Steps
) -> dict[str, str]:
    found = mistakes_of(sources, {**sources, **files}, file, path)
    return {found.word: found.sentence} if found else {}


def _ruling(chosen: _Chosen) -> Ruling:
    seen = current()
    return drafter().ruling(seen.sources, seen.proposal.organisation, chosen.whose or "")


def _fresh(found: Ruling) -> list[Choice]:
    """Return the fields that the proposal brings: whoever just added a question mostly wants a rule about it."""
    seen = current()
    if not seen.base or seen.base == seen.sources:
        return []
    try:
        before = drafter().ruling(seen.base, seen.proposal.organisation, "")
    except TooHeavySourcesError:
        return []
    known = {one.value for one in before.fields}
    return [one for one in reversed(found.fields) if one.value not in known]


def _mine(found: Ruling) -> list[Whose]:
    """Return for whom who is signed in may add something."""
    seen = current()
    return [one for one in found.whose if all(may_change_file(seen, file) for file in one.files)]


def _page(chosen: _Chosen, given: Mapping[str, Sequence[str]], faults: Mapping[str, str]) -> str:
    seen = current()
    found = _ruling(chosen)
    mine = _mine(found)
    known = {one.value for one in found.fields}
    fields = tuple(one for one in chosen.fields if one in known)
    whole = chosen.whose in {one.name for one in mine} and fields
    draft = None
    if whole and chosen.effect in {one.value for one in found.effects}:
        draft = _draft(seen.sources, replace(chosen, fields=fields, name=""))
    here = {one.word for one in draft.effect.controls} | {draft.why.word} if draft else set()
    word = next((one for one in faults if one in here), "")
    return page(
        "new_rule.html",
        seen,
        whose=mine,
        ruling=found,
        fresh=_fresh(found),
        chosen=replace(chosen, fields=fields),
        begun=draft,
        given=given,
        rows=rows_typed(draft.asks, given) if draft else {},
        faults=faults,
        elsewhere=[told for at, told in faults.items() if at not in {*here, "naam"} and at[:5] != "veld:"],
        fault=faults.get(word, "") if word else "",
        fault_word=word,
        prefix=PREFIX,
        rows_typed=rows_typed,
        told={},
        count=counted(judged(seen)),
    )
