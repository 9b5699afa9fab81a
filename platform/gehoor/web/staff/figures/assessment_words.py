"""A self-assessment in words: how each requirement stands, by what one sees it, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from gehoor.core.figures.assessment import Standing, together
from gehoor.core.figures.report_document import FindingsTable
from gehoor.services.figures.self_assessment import Assessment, Line, Part
from gehoor.services.register.register import reading
from gehoor.web.display.filters import utc_moment
from gehoor.web.request.site import now, site


def standing_word(standing: Standing) -> str:
    """Return how a requirement stands."""
    words: Mapping[Standing, str] = {
        Standing.SHOWN: _("is er"),
        Standing.GAP: _("ontbreekt"),
        Standing.PARTLY: _("deels"),
        Standing.OPEN: _("nog te zeggen"),
    }
    return str(words[standing])


def certainty_word(certainty: str) -> str:
    """Return how certain it is that something is asked so; nothing where it is."""
    words: Mapping[str, str] = {
        "likely": _("Waarschijnlijk vraagt de tekst dit zo: kijk het na."),
        "to-confirm": _("Het staat niet vast dat de tekst dit zo vraagt: kijk het na."),
    }
    return str(words.get(certainty, ""))


def part_words(part: Part, *, public: bool = False, name: Callable[[str], str] | None = None) -> str:
    """Return what one piece of evidence comes to. ``public``: without numbers and names of people."""
    evidence = part.evidence
    if evidence.asked:
        return _answered(part, public=public, name=name)
    if evidence.share is not None:
        return _share(part, public=public)
    if part.standing is Standing.SHOWN and evidence.agreed:
        return str(_("Afgesproken: %(what)s.", what=_section(evidence.agreed)))
    if part.standing is Standing.SHOWN:
        return " ".join(part.shown) or str(_("Dit is afgesproken."))
    lacking = str(_(" (%(departments)s)", departments=", ".join(part.lacking))) if part.lacking else ""
    return f"{_gap(part)}{lacking}"


def _gap(part: Part) -> str:
    evidence = part.evidence
    if part.standing is Standing.PARTLY:
        said = _("De termijn die u afsprak, is ruimer dan gevraagd wordt.")
    elif evidence.term or (evidence.demand is not None and not evidence.demand.codes):
        term = evidence.term or (evidence.demand.term if evidence.demand else "")
        said = _("U hebt geen termijn “%(term)s”.", term=term)
    elif evidence.demand is not None:
        said = _("Geen keuzelijst biedt: %(codes)s.", codes=", ".join(evidence.demand.codes))
    elif evidence.medium:
        said = (
            _("Men kan niet mondeling klagen.")
            if evidence.medium == "oral"
            else _("Men kan niet schriftelijk klagen.")
        )
    elif evidence.meanings:
        said = _("Geen veld van het dossier heeft deze betekenis: %(what)s.", what=_meant(evidence.meanings))
    elif evidence.milestone:
        said = _("U hebt geen mijlpaal “%(milestone)s”.", milestone=evidence.milestone)
    else:
        said = _("Hierover is niets of te weinig afgesproken: %(what)s.", what=_section(evidence.agreed))
    return str(said)


def _section(name: str) -> str:
    words: Mapping[str, str] = {
        "complaint": _("wat een klacht is"),
        "kinds": _("de soorten bericht"),
        "questions": _("de vragen die beslissen of iets een klacht is"),
        "channels": _("hoe men kan klagen"),
        "roles": _("wie wat doet"),
        "rights": _("wie wat mag"),
        "confidentiality": _("voor wie een dossier bestaat"),
        "retention": _("hoelang dossiers bewaard worden"),
        "second-line": _("waar men verder terechtkan"),
        "notices": _("de berichten"),
        "correspondence": _("de brieven aan wie klaagt"),
        "reports": _("de verslagen"),
        "rules": _("de regels"),
        "tasks": _("de taken"),
        "translations": _("de vertalingen"),
        "withdraw": _("hoe men een klacht intrekt"),
    }
    return str(words[name])


def _meant(meanings: tuple[str, ...]) -> str:
    words: Mapping[str, str] = {
        "received-on": _("de dag van ontvangst"),
        "received-time": _("het uur van ontvangst"),
        "carrier": _("hoe het binnenkwam"),
        "anonymous": _("of iemand zonder naam klaagt"),
        "follow-up-code": _("de volgcode"),
        "message-kind": _("welk soort bericht het is"),
        "complainant.name": _("hoe de klager heet"),
        "complainant.first-name": _("de voornaam van de klager"),
        "complainant.email": _("het e-mailadres van de klager"),
        "complainant.phone": _("het telefoonnummer van de klager"),
        "complainant.address": _("het adres van de klager"),
        "retention-hold": _("of een dossier bewaard blijft"),
        "shielded": _("of een dossier afgeschermd is"),
        "story": _("wat er gebeurde"),
        "subject": _("het onderwerp"),
        "danger": _("of er gevaar is"),
        "severity": _("hoe ernstig het is"),
        "judgement": _("het oordeel"),
        "accused": _("over wie de klacht gaat"),
        "conflicted": _("wie een belangenconflict heeft"),
        "confidentiality": _("hoe vertrouwelijk het is"),
        "wish": _("wat de klager wil"),
        "read-back-on": _("wanneer het voorgelezen is"),
        "findings": _("wat men vond"),
        "redress": _("wat rechtgezet wordt"),
        "prevention": _("wat het een volgende keer voorkomt"),
        "satisfaction": _("of de klager tevreden was"),
        "language": _("de taal"),
    }
    return str(_(" of ")).join(str(words[one]) for one in meanings)


def _share(part: Part, *, public: bool) -> str:
    share = part.evidence.share
    assert share is not None
    if public:
        # Beside the numbers of a report, whether it is so many per cent tells small ones that are hidden.
        return str(
            _(
                "Gevraagd is %(least)s %%. Hoeveel het er waren, staat niet in de openbare versie.",
                least=share.percent,
            )
        )
    if part.percent is None:
        return str(_("Er zijn te weinig dossiers om dit te zeggen."))
    return str(
        _(
            "In %(percent)s %% van de dossiers ging het zo; gevraagd is %(least)s %%.",
            percent=part.percent,
            least=share.percent,
        )
    )


def _answered(part: Part, *, public: bool, name: Callable[[str], str] | None) -> str:
    if not part.answer:
        return str(_("%(question)s Niet te zien uit de afspraken.", question=part.evidence.asked))
    said = f"{part.evidence.asked} {verdict_word(part.answer['verdict'])}. {part.answer['text']}".strip()
    if public or name is None:
        return said
    by = _("(%(name)s, %(moment)s)", name=name(part.answer["by"]), moment=utc_moment(part.answer["at"]))
    return f"{said} {by}"


def verdict_word(verdict: str) -> str:
    """Return what somebody answered, as it is read."""
    words = {"yes": _("Ja"), "partly": _("Deels"), "no": _("Nee")}
    return str(words[verdict])


def titled(line: Line) -> str:
    """Return what is asked, with the clause that it is about."""
    one = line.requirement
    return f"{one.clause} {one.name}".strip()


def full_name_of() -> Callable[[str], str]:
    """Return what says how people know an account."""
    with reading(site().runtime.store) as register:
        return site().runtime.staff.of(register, now()).full_name


def findings(assessment: Assessment, public: bool) -> Mapping[str, Any]:
    """Return a self-assessment as a report keeps it: below a heading, rows of texts."""
    name = full_name_of()
    rows = [
        [
            titled(line),
            _public_standing(line) if public else standing_word(line.standing),
            " ".join(part_words(part, public=public, name=name) for part in line.parts),
        ]
        for line in assessment.lines
    ]
    head = [_("Wat gevraagd wordt"), _("Hoe het staat"), _("Waaraan men het ziet")]
    return {"title": assessment.standard.name, "head": list(map(str, head)), "rows": rows}


def _public_standing(line: Line) -> str:
    """Return how a requirement stands by all but how many dossiers there are; not given, where nothing else says it."""
    told = [part.standing for part in line.parts if part.evidence.share is None]
    return standing_word(together(told)) if told else str(_("niet gegeven"))


def findings_table(kept: Mapping[str, Any]) -> FindingsTable:
    """Return a self-assessment that was kept."""
    return FindingsTable(kept["title"], tuple(kept["head"]), tuple(map(tuple, kept["rows"])))
