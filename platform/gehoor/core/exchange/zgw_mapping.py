"""How dossiers stand in the words of the ZGW standards (Zaken, Catalogi, Documenten, Besluiten of VNG): a mapping, as
somebody agreed it in a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import Unit

DESIGNATIONS: Final = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk", "confidentieel", "geheim",
    "zeer_geheim",
)  # fmt: skip
"""From open to secret: what ``vertrouwelijkheidaanduiding`` may be."""
_PARTS: Final[Mapping[str, str]] = {
    "catalogussen": "catalogi", "zaaktypen": "catalogi", "statustypen": "catalogi", "resultaattypen": "catalogi",
    "eigenschappen": "catalogi", "roltypen": "catalogi", "informatieobjecttypen": "catalogi",
    "zaaktype-informatieobjecttypen": "catalogi", "besluittypen": "catalogi",
    "zaken": "zaken", "statussen": "zaken", "resultaten": "zaken", "rollen": "zaken", "zaakeigenschappen": "zaken",
    "zaakinformatieobjecten": "zaken",
    "enkelvoudiginformatieobjecten": "documenten",
    "besluiten": "besluiten",
}  # fmt: skip
"""Kind of resource -> the API that it is of."""
_ISO: Final = {Unit.CALENDAR_DAYS: "D", Unit.WEEKS: "W", Unit.MONTHS: "M", Unit.YEARS: "Y"}


def is_rsin(text: str) -> bool:
    """Say whether nine digits are the number of an organisation: their weighed sum is a multiple of eleven."""
    if re.fullmatch(r"[0-9]{9}", text) is None or text == "000000000":
        return False
    weighed = sum(
        int(digit) * weight for digit, weight in zip(text, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)
    )
    return weighed % 11 == 0


def iso_duration(said: str) -> str | None:
    """Return a duration as ISO 8601 has it; None for one that it cannot say, such as working days."""
    amount = duration(said)
    letter = _ISO.get(amount.unit)
    return f"P{amount.amount}{letter}" if letter else None


@dataclass(frozen=True, slots=True)
class ResultKind:
    """A kind of result: its name, the class of the selection list and the general description (both addresses), what
    becomes of it (``blijvend_bewaren`` or ``vernietigen``), and after how long (ISO 8601)."""

    name: str
    selection_class: str
    general: str
    archive: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class CaseProperty:
    """A field that goes along as a property of the case: what it is called there, and what it says."""

    name: str
    definition: str


@dataclass(frozen=True)
class ZgwMapping:
    """How an organisation's dossiers go to ZGW. ``case``: what the case type says of itself, in canonical keywords;
    ``statuses``: phase -> the name of its status, in order; ``results``: answer of ``result_field`` -> kind of result,
    ``otherwise`` for what has no answer; ``designations``: level of confidentiality -> designation; ``roles``:
    ``initiator`` and ``handler`` -> the name of the kind of role, where they go along."""

    organisation: str
    rsin: str
    address: str
    domain: str
    manager: str
    case: Mapping[str, Any]
    designation: str
    statuses: Mapping[str, str]
    end_status: str
    result_field: str
    results: Mapping[str, ResultKind]
    otherwise: ResultKind | None
    designations: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, CaseProperty] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    documents: str = ""
    decision: str = ""
    decided_at: str = ""
    due_by: str = ""

    @property
    def valid_from(self) -> date:
        """Return from which day on the case type counts."""
        return date.fromisoformat(str(self.case["valid-from"]))

    def uuid(self, kind: str, *key: str) -> str:
        """Return what a resource is known by: the same at each export."""
        return str(uuid5(NAMESPACE_URL, "/".join((self.address, kind, *key))))

    def url(self, kind: str, *key: str) -> str:
        """Return the address of a resource."""
        return f"{self.address}/{_PARTS[kind]}/api/v1/{kind}/{self.uuid(kind, *key)}"

    def head(self, kind: str, *key: str) -> dict[str, str]:
        """Return the members that every resource has: where it is, and what it is known by."""
        found = {"url": self.url(kind, *key)}
        return found if _PARTS[kind] == "catalogi" else {**found, "uuid": self.uuid(kind, *key)}

    @property
    def result_kinds(self) -> dict[str, ResultKind]:
        """Return every kind of result by its name; two answers may come to one."""
        kinds = (*self.results.values(), *([self.otherwise] if self.otherwise else []))
        return {one.name: one for one in kinds}


def place_of(kind: str) -> str:
    """Return the file of a kind of resource."""
    return f"{_PARTS[kind]}/{kind}.json"


def build_zgw(document: Mapping[str, Any]) -> ZgwMapping:
    """Build a mapping of the canonical document of its file."""
    said = document["zgw"]
    case, results = dict(said["case-type"]), said["results"]
    return ZgwMapping(
        organisation=said["organisation"],
        rsin=said["rsin"],
        address=said["base-address"].rstrip("/"),
        domain=said["catalogue"]["domain"],
        manager=said["catalogue"]["manager"],
        case=case,
        designation=said["designation"],
        statuses=said["status-names"],
        end_status=said["end-status"],
        result_field=results.get("outcome-field", ""),
        results={str(code): _result(one) for code, one in results.get("by-answer", {}).items()},
        otherwise=_result(results["otherwise"]) if "otherwise" in results else None,
        designations={str(level): str(one) for level, one in said.get("designations", {}).items()},
        properties={
            name: CaseProperty(one["name"], one.get("definition", one["name"]))
            for name, one in said.get("case-properties", {}).items()
        },
        roles=said.get("role-names", {}),
        documents=said.get("document-type", ""),
        decision=said.get("decision-type", {}).get("name", ""),
        decided_at=said.get("decision-type", {}).get("reached-at", ""),
        due_by=said.get("due-by", ""),
    )


def _result(said: Mapping[str, Any]) -> ResultKind:
    after = said.get("archive-after")
    return ResultKind(
        said["name"],
        said["selection-class"],
        said["result-kind"],
        {"keep": "blijvend_bewaren", "destroy": "vernietigen"}[said["archive"]],
        (iso_duration(after) or "") if after else "",
    )
