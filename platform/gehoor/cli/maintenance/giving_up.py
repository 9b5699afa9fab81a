"""Giving up what is damaged and in no copy any more, as somebody types it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.core.dossier.events import instant_text
from gehoor.services.maintenance.accepting import Accepted, ReasonNeededError, accept_loss
from gehoor.services.maintenance.giving_up import GivenUp, NotGivenUpError, Refused, give_up, reason_of
from gehoor.services.register.codes_in_texts import TooLongError
from gehoor.services.register.runtime import Runtime

_REFUSED: Final = {
    Refused.SOUND: "het is niet beschadigd",
    Refused.ACCEPTED: 'dat hoort bij het grootboek, en aanvaardt u met "gehoor repair --accept-loss"',
    Refused.MADE_AGAIN: 'dat hoeft niet: "gehoor repair" maakt het opnieuw',
    Refused.NOT_LAST: "er volgt nog iets op, of er staat niets voor: zet het geheel terug uit een kopie waarin "
    "het nog volledig was, een dossier met gehoor restore KOPIE --dossier NUMMER --replace",
    Refused.NEEDED: "er kan niets in de plaats komen, en het houdt alleen gesloten waar het bij hoort",
}


_MOST: Final = 20
"""So many are named."""
GOES_ON: Final = (
    "Het dossier gaat verder met wat ervoor kwam. Werd er toen iemand van uitgesloten, of werd het vertrouwelijk, dan "
    "geldt dat niet meer: kijk na wie het mag zien."
)


def check_reason(what: str | None, reason: str, *, accept: bool) -> None:
    """Refuse one without the other. Raises ``OptionProblem``."""
    if what is not None and not reason.strip():
        raise OptionProblem("--give-up", "dit vraagt een reden, met --reason")
    if reason.strip() and what is None and not accept:
        raise OptionProblem("--reason", "dit gaat samen met --give-up of --accept-loss")


def accepted_of(runtime: Runtime, reason: str, now: datetime) -> Accepted:
    """Accept what is lost. Raises ``OptionProblem``."""
    try:
        return accept_loss(runtime.store, reason_of(runtime, reason.strip()), instant_text(now))
    except ReasonNeededError as error:
        more = ", ..." if len(error.names) > _MOST else ""
        raise OptionProblem(
            "--accept-loss",
            f"ook dit ging verloren, en dat opgeven vraagt een reden, met --reason: "
            f"{', '.join(error.names[:_MOST])}{more}",
        ) from error
    except TooLongError as error:
        raise OptionProblem("--reason", f"{error.length} tekens, van ten hoogste {error.most}") from error


def given_up_of(runtime: Runtime, what: str, reason: str, now: datetime) -> GivenUp:
    """Give something up, as ``gehoor verify`` names it (table/key). Raises ``Failure`` and ``OptionProblem``."""
    table, _slash, key = what.partition("/")
    try:
        return give_up(runtime, table, key, reason, now)
    except NotGivenUpError as error:
        raise Failure(f"{what} is niet opgegeven: {_REFUSED[error.refused]}.") from error
    except TooLongError as error:
        raise OptionProblem("--reason", f"{error.length} tekens, van ten hoogste {error.most}") from error
