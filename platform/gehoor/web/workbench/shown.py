"""What every page of a proposal shows: its head, what may be done with it, and the sentences for what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from flask import g, render_template
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from gehoor.core.agreement.actions import Action
from gehoor.core.proposals.sheets import Control
from gehoor.core.proposals.sources import SourcesError, organisation_of
from gehoor.core.proposals.stale_translations import Stale
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.agreements.publishing import (
    EnginesDisagreeError,
    ValidityError,
    ValidityProblem,
)
from gehoor.services.agreements.same_numbers import SameNumbersError
from gehoor.services.ports.drafting import BusyDrafterError, Department, Drafter, Judged, TooHeavySourcesError
from gehoor.services.proposals.bringing_in import (
    NotApprovedError,
    NothingNewError,
    OvertakenError,
    UnfinishedError,
    UnsoundError,
)
from gehoor.services.proposals.changing import ChangedOtherwiseError, ClosedProposalError, NoSourcesError
from gehoor.services.proposals.discussing import OtherFilesError
from gehoor.services.proposals.looking import SeenProposal
from gehoor.services.proposals.outlook import Outlook
from gehoor.services.proposals.rights import MayNotError
from gehoor.services.proposals.translating import stale_in, stale_in_force
from gehoor.services.register.register import reading
from gehoor.web.request.languages import said
from gehoor.web.request.site import now, site
from gehoor.web.security.menu import counts_for
from gehoor.web.security.policies import opened_proposal

_SHOWN = 300
REFUSALS = (
    ChangedOtherwiseError,
    ClosedProposalError,
    MayNotError,
    NoSourcesError,
    SourcesError,
    TooHeavySourcesError,
)
"""What can keep an act on a proposal from being done."""


def drafter() -> Drafter:
    """Return who reads files. Where there is none, there are no such pages."""
    found = site().drafter
    if found is None:
        raise NotFound
    return found


def judged(seen: SeenProposal) -> Judged | None:
    """Return what is said of the files of a proposal; None: nobody looked, as they ask too much or it is busy."""
    return judged_files(seen, seen.sources)


def judged_files(seen: SeenProposal, sources: Mapping[str, bytes]) -> Judged | None:
    """Return what is said of files as somebody may make them of a proposal; None: nobody looked."""
    try:
        return drafter().judge(sources, seen.proposal.organisation)
    except (SourcesError, TooHeavySourcesError):
        return None


def newly_stale(seen: SeenProposal, found: Judged | None) -> list[Stale]:
    """Return the translations that were right before what an open proposal changes, and may no longer be."""
    if found is None or not seen.proposal.is_open:
        return []
    organisation = seen.proposal.organisation
    with reading(site().runtime.store) as register:
        before = {one.key for one in stale_in_force(register, organisation)}
        after = stale_in(register, organisation, {one.name: one.document for one in found.departments})
    return [one for one in after if one.key not in before]


LONGEST_NAME: Final = 120
"""So many signs has the name of a proposal."""


def page(template: str, seen: SeenProposal, **more: Any) -> str:
    """Render a page of a proposal."""
    return render_template(
        f"workbench/{template}",
        seen=seen,
        proposal=seen.proposal,
        organisation_name=_name_of(seen),
        may_change=seen.proposal.is_open and seen.rights.any(Action.PROPOSE),
        may_propose=seen.rights.any(Action.PROPOSE),
        full_name=full_name(),
        department_name=department_name,
        counting=counting,
        last_year=now().year - 1,
        **more,
    )


def wrong_name(title: str) -> str:
    """Return what is wrong with the name of a proposal; empty: nothing."""
    if not title:
        return str(_("Zeg in enkele woorden wat u wilt veranderen."))
    if len(title) > LONGEST_NAME:
        return str(
            _(
                "Een titel heeft hoogstens %(most)s tekens, en deze heeft er %(n)s. Maak ze korter.",
                most=LONGEST_NAME,
                n=len(title),
            )
        )
    return ""


def plainly(one: Control) -> Control:
    """Return a control of a table of a report that asks what it is about as people say it."""
    said: Mapping[str, tuple[str, str]] = {
        "name": (_("Hoe heet de tabel?"), ""),
        "per": (_("Wat staat in de rijen?"), _("De tabel telt hoeveel dossiers er van elk zijn.")),
        "and-per": (_("En in de kolommen?"), _("Leeg: een kolom, met het aantal.")),
        "chart": (_("Met een tekening erbij?"), ""),
        "period-by": (
            _("Wanneer telt een dossier mee in een jaar?"),
            _("Naar de dag van de ontvangst, van het antwoord ... Leeg: zoals in de rest van het verslag."),
        ),
        "if": (_("Welke dossiers tellen mee?"), _("Zonder voorwaarde telt elk dossier.")),
    }
    label, helping = said.get(one.keyword, (one.label, one.help))
    return replace(one, label=str(label), help=str(helping))


def counting(found: Outlook) -> tuple[list[tuple[str, str]], bool]:
    """Return the reports that a proposal changes and whoever is signed in reads: each with what it is called; and
    whether it changes what one holds oneself against."""
    standards = set[str]()
    for one in found.judged.departments:
        standards |= found.counts & set(one.document.get("standards") or {})
    counts = counts_for(Action.MAKE_REPORTS, Action.READ_REPORTS)
    return (reports_changed(found) if counts else [], bool(standards) and counts_for(Action.MAKE_REPORTS))


def reports_changed(found: Outlook) -> list[tuple[str, str]]:
    """Return the reports that a proposal changes, each with what it is called."""
    reports: dict[str, str] = {}
    for one in found.judged.departments:
        for name, report in (one.document.get("reports") or {}).items():
            if name in found.counts:
                reports.setdefault(name, str(report["name"]))
    return list(reports.items())


def full_name() -> Callable[[str], str]:
    """Return what says how people know an account."""
    with reading(site().runtime.store) as register:
        return site().runtime.staff.of(register, now()).full_name


def organisation_name(organisation: str) -> str:
    """Return how people know an organisation; its id where nothing is in force yet."""
    names: dict[str, str] = g.setdefault("organisation_names", {})
    if organisation not in names:
        with reading(site().runtime.store) as register:
            places = [one for one in register.published_departments() if one[0] == organisation]
            found = all_in_force(register, site().runtime.library, places[:1], now())
        names[organisation] = found[0].agreement.organisation_name if found else organisation
    return names[organisation]


def _name_of(seen: SeenProposal) -> str:
    """Return how people know the organisation of a proposal, which may be new."""
    organisation = seen.proposal.organisation
    if (name := organisation_name(organisation)) != organisation:
        return name
    found = judged(seen) if site().drafter else None
    return str(found.departments[0].document["organisation"]["name"]) if found and found.departments else name


def department_name(one: Department) -> str:
    """Return how people know a department that files give."""
    found = (one.document.get("department") or {}).get("name")
    return found if isinstance(found, str) else one.name


def may_change_file(seen: SeenProposal, file: str) -> bool:
    """Say whether who is signed in may change a file of a proposal."""
    organisations = {*known_organisations(), seen.proposal.organisation}
    return seen.proposal.is_open and seen.rights.covers(Action.PROPOSE, file, organisations)


def is_shared(seen: SeenProposal, file: str) -> bool:
    """Say whether organisations share a file."""
    return organisation_of(file, {*known_organisations(), seen.proposal.organisation}) is None


def known_organisations() -> set[str]:
    """Return the organisations of this register."""
    if "organisations" not in g:
        with reading(site().runtime.store) as register:
            g.organisations = {one for one, _department in register.published_departments()}
    found: set[str] = g.organisations
    return found


def refusal(error: Exception) -> str:
    """Return the sentence for what kept an act from being done."""
    if isinstance(error, ClosedProposalError):
        sentence = _("Dit voorstel is al gepubliceerd of ingetrokken, en verandert niet meer.")
    elif isinstance(error, MayNotError) and error.file:
        what = said().actions.names[error.action]
        sentence = _("Dit mag u niet: %(what)s. Het gaat om %(file)s.", what=what, file=error.file)
    elif isinstance(error, MayNotError):
        sentence = _("Dit mag u niet: %(what)s.", what=said().actions.names[error.action])
    elif isinstance(error, ChangedOtherwiseError) and error.conflicts:
        one = error.conflicts[0]
        theirs = " ".join(" ".join(one.theirs).split())[:_SHOWN] or "-"
        sentence = _(
            "Iemand anders wijzigde intussen hetzelfde (%(where)s). Daar staat nu: %(theirs)s. Er is niets bewaard: uw "
            "eigen tekst staat er nog, en vervangt dit als u opnieuw bewaart.",
            where=f"{one.file}:{one.line}" if one.line else one.file,
            theirs=theirs,
        )
    elif isinstance(error, ChangedOtherwiseError):
        sentence = _("Dit voorstel is intussen veranderd. Er is niets bewaard: doe uw wijziging opnieuw.")
    elif isinstance(error, NoSourcesError):
        sentence = _(
            "Wat nu geldt, is zonder de bestanden gepubliceerd, en kan niet overgenomen worden. Breng die eerst in."
        )
    elif isinstance(error, SourcesError):
        sentence = _unfit(error)
    elif isinstance(error, BusyDrafterError):
        sentence = _("Het is nu te druk om dit na te kijken. Wacht even en probeer het opnieuw.")
    else:
        sentence = _(
            "Deze bestanden vragen te veel om na te kijken. Maak ze kleiner, of neem de laatste wijziging terug."
        )
    return str(sentence)


def _unfit(error: SourcesError) -> str:
    if error.reason == "large" and error.file:
        sentence = _("%(file)s is te groot. Er is niets bewaard: maak het korter.", file=error.file)
    elif error.reason in ("large", "many"):
        sentence = _("Dit zijn te veel bestanden, of ze zijn samen te groot. Er is niets bewaard.")
    else:
        sentence = _("Een bestand kan hier niet %(file)s heten. Er is niets bewaard.", file=error.file)
    return str(sentence)


def current() -> SeenProposal:
    """Return the proposal that this page is about."""
    return opened_proposal()


def counted(found: Judged | None) -> Mapping[str, int]:
    """Return how many mistakes and warnings there are; ``known`` is 0 where nobody looked."""
    told = found.told if found else ()
    serious = sum(one.serious for one in told)
    return {"known": int(found is not None), "serious": serious, "other": len(told) - serious}


NOT_PUBLISHED: Final = (
    EnginesDisagreeError,
    NothingNewError,
    NotApprovedError,
    OtherFilesError,
    OvertakenError,
    SameNumbersError,
    UnfinishedError,
    UnsoundError,
    ValidityError,
)
"""Why a proposal does not come into force, beside what keeps it from being changed."""


def why_not_published(error: Exception) -> str:
    """Return why a proposal does not come into force."""
    if isinstance(error, REFUSALS):
        return refusal(error)
    if isinstance(error, ValidityError):
        return _when_not(error)
    if isinstance(error, NotApprovedError):
        return str(
            _("Iemand anders moet dit eerst goedkeuren: %(who)s.", who=missing_sentence(error.missing))
        )
    if isinstance(error, SameNumbersError):
        sentence = _(
            "Dossiers van twee organisaties zouden dezelfde nummers krijgen, zoals %(number)s. Geef een van beide een "
            "andere code.",
            number=error.number,
        )
    elif isinstance(error, EnginesDisagreeError):
        sentence = _(
            "Bij het voorbeeld %(case)s zeggen de regels niet tweemaal hetzelfde. Meld dit aan wie Gehoor beheert.",
            case=error.case,
        )
    elif isinstance(error, NothingNewError):
        sentence = _("Dit voorstel zegt hetzelfde als wat geldt: er is niets te publiceren.")
    elif isinstance(error, OtherFilesError):
        sentence = _("Het voorstel is intussen veranderd. Kijk opnieuw wat het verandert voor u publiceert.")
    elif isinstance(error, UnfinishedError):
        sentence = _(
            "Hieronder moet nog iets geschreven worden. Doe dat eerst, of zeg dat het zo mag ingaan."
        )
    elif isinstance(error, OvertakenError):
        sentence = _("Er is intussen iets anders gepubliceerd. Neem dat eerst over in dit voorstel.")
    else:
        sentence = _("Er staan fouten in. Verbeter ze eerst; ze staan hieronder.")
    return str(sentence)


def _when_not(error: ValidityError) -> str:
    day = said().formats.day(error.day)
    if error.problem is ValidityProblem.IN_THE_PAST:
        return str(_("Deze dag is voorbij. Kies %(day)s of later.", day=day))
    return str(_("Volgens de afspraken zelf moeten ze voor die dag al herzien zijn. Kies een andere dag."))


def missing_sentence(missing: Mapping[str, tuple[str, ...]]) -> str:
    """Return who has to approve first, and for which departments where those are not all the same."""
    by: dict[tuple[str, ...], list[str]] = {}
    for department, roles in missing.items():
        by.setdefault(roles, []).append(department)
    either = said().actions.either
    if len(by) == 1:
        return either(next(iter(by)))
    return "; ".join(f"{', '.join(departments)}: {either(roles)}" for roles, departments in by.items())
