"""Whoever tells something from outside and gives an address hears at once by e-mail that it came in, where that was
agreed; whoever wrote an e-mail gets their follow-up code so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any

import pytest

from gehoor.services.access.authorisation import OUTSIDE, Operator
from gehoor.services.correspondence.announcing import Acknowledging, acknowledging
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import dossier_of_code
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.register.follow_up_codes import code_secret, key_hash
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, PHONE, de_linde, publish_change, staff
from tests.support.paper_post import PaperPost
from tests.support.site import new_site

WHEN = "2026-05-12 14:00"
NUMBER, CODE = "Nummer {number}.", "Uw code: {code}"


def agreeing_on(*texts: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        letter = {"name": "Ontvangen", "subject": "Wij ontvingen uw bericht ({number})", "text": list(texts)}
        document["correspondence"] = {"ontvangen": letter}
        document["notices"]["received"] = "ontvangen"

    return change


def agreeing(*texts: str) -> Runtime:
    runtime = de_linde()
    publish_change(runtime, agreeing_on(*texts), "2026-02-01 09:00")
    return runtime


@pytest.fixture
def runtime() -> Runtime:
    return agreeing(NUMBER, CODE)


def by_web(runtime: Runtime, key: str = "k1", when: str = WHEN, **answers: Any) -> Receipt:
    given = {name: value for name, value in {**MELDEN, **answers}.items() if value is not None}
    opening = Opening(ORGANISATION, "beukenhof", "melden", given, key, acknowledging=acknowledging(runtime))
    return open_dossier(runtime, opening, at(when))


def by_mail(
    runtime: Runtime, key: str = "m1", when: str = WHEN, address: str = "els@voorbeeld.be"
) -> Receipt:
    opening = replace(email(key, address), acknowledging=acknowledging(runtime))
    return open_dossier(runtime, opening, at(when))


def email(key: str, address: str = "els@voorbeeld.be") -> Opening:
    given = {**PHONE, "klager_email": address, "drager": ["email"]}
    return Opening(ORGANISATION, "beukenhof", "dossier", given, key, Operator(OUTSIDE), hears_code=False)


def mails(runtime: Runtime, dossier: str) -> list[Message]:
    with reading(runtime.store) as register:
        return [one for one in register.messages_of(dossier) if one.is_outside]


def sent(runtime: Runtime, when: str = WHEN) -> list[Message]:
    post = PaperPost()
    deliver(runtime, post, lambda: at(when))
    return [one for one in post.messages if one.is_outside]


def test_it_says_the_number_and_no_code_to_whoever_saw_it_on_the_website(runtime: Runtime) -> None:
    receipt = by_web(runtime)
    (mail,) = sent(runtime)
    assert mail.recipients == ("els@voorbeeld.be",)
    assert mail.subject == f"Wij ontvingen uw bericht ({receipt.number})"
    assert mail.text == f"Nummer {receipt.number}."


def test_whoever_wrote_an_email_gets_a_code_so_and_reads_our_answer_with_it(runtime: Runtime) -> None:
    staff(runtime, "els", "kwaliteitscoordinator")
    receipt = by_mail(runtime)
    (mail,) = sent(runtime)
    code = mail.text.rpartition(" ")[2]
    with reading_projection(runtime) as register:
        assert dossier_of_code(register, code) == receipt.dossier
    write_back(runtime, receipt.dossier, "Wij bellen u morgen.", "w1", at("2026-05-13 09:00"), "els")
    (written,) = look(runtime, receipt.dossier, at("2026-05-13 10:00")).dossier.conversation
    assert written.text == "Wij bellen u morgen."


def test_the_code_is_kept_nowhere(runtime: Runtime) -> None:
    receipt = by_mail(runtime)
    (mail,) = sent(runtime)
    (kept,) = mails(runtime, receipt.dossier)
    assert mail.text.rpartition(" ")[2] not in str(kept)


def test_an_email_about_the_code_alone_is_for_who_wrote_one() -> None:
    runtime = agreeing(CODE)
    assert mails(runtime, by_web(runtime).dossier) == []
    assert len(mails(runtime, by_mail(runtime).dossier)) == 1


def test_without_the_code_in_the_mail_whoever_wrote_one_has_none() -> None:
    runtime = agreeing(NUMBER)
    receipt = by_mail(runtime)
    assert [mail.text for mail in sent(runtime)] == [f"Nummer {receipt.number}."]
    assert not look(runtime, receipt.dossier, at(WHEN)).dossier.has_code


@pytest.mark.parametrize(
    "answers",
    [
        {"anoniem": "ja", "klager_naam": None, "klager_email": None},
        {"klager_email": None, "klager_telefoon": "0470 12 34 56"},
    ],
)
def test_nothing_goes_to_who_gave_no_address(runtime: Runtime, answers: dict[str, Any]) -> None:
    assert mails(runtime, by_web(runtime, **answers).dossier) == []


def test_what_staff_register_is_answered_by_staff(runtime: Runtime) -> None:
    staff(runtime, "ria", "onthaal")
    given = {**PHONE, "klager_email": "els@voorbeeld.be"}
    opening = Opening(
        ORGANISATION, "beukenhof", "dossier", given, "r1", "ria", "Ria", acknowledging=acknowledging(runtime)
    )
    assert mails(runtime, open_dossier(runtime, opening, at(WHEN)).dossier) == []


def test_where_nothing_was_agreed_nothing_goes() -> None:
    runtime = de_linde()
    assert mails(runtime, by_web(runtime).dossier) == []


def test_the_same_form_sent_twice_is_answered_once(runtime: Runtime) -> None:
    first, second = by_web(runtime), by_web(runtime)
    assert first == second
    assert len(sent(runtime)) == 1


def test_two_machines_that_answer_each_other_end_there(runtime: Runtime) -> None:
    """Whoever is not answered any more today has no code either: nobody would have told it."""
    found = [by_mail(runtime, f"m{count}", f"2026-05-12 14:{count:02d}") for count in range(8)]
    codes = [look(runtime, one.dossier, at("2026-05-12 15:00")).dossier.has_code for one in found]
    assert codes == [True] * 5 + [False] * 3
    assert len(sent(runtime, "2026-05-12 15:00")) == 5


def test_who_wrote_an_email_and_is_not_answered_is_told_to_staff(runtime: Runtime) -> None:
    for count in range(5):
        by_mail(runtime, f"m{count}")
    (unsent,) = mails(runtime, by_mail(runtime, "one-more").dossier)
    assert unsent.state == "nobody"
    assert "naar dit adres gingen er vandaag al 5" in unsent.error


def test_forms_that_name_somebodys_address_keep_no_answer_from_their_email(runtime: Runtime) -> None:
    for count in range(6):
        by_web(runtime, f"k{count}")
    receipt = by_mail(runtime)
    assert look(runtime, receipt.dossier, at("2026-05-12 15:00")).dossier.has_code


@pytest.mark.parametrize("other", ["els+1@voorbeeld.be", "ELS@voorbeeld.be", "els@ｖｏｏｒｂｅｅｌｄ.be"])
def test_another_way_to_write_an_address_is_the_same_mailbox(runtime: Runtime, other: str) -> None:
    for count in range(5):
        by_mail(runtime, f"m{count}")
    assert not look(runtime, by_mail(runtime, "o", address=other).dossier, at(WHEN)).dossier.has_code


@dataclass(frozen=True)
class Overtaken(Acknowledging):
    """While the first e-mail is judged, before it is kept, another of the same person comes in whole."""

    came: list[Receipt] = field(default_factory=list)

    def key(self, *about: Any, **more: Any) -> str:
        found = super().key(*about, **more)
        if not self.came:
            self.came.append(Receipt("", ""))
            other = Thread(target=lambda: self.came.append(by_mail(self.runtime, "m2")))
            other.start()
            other.join()
        return found


def test_two_that_come_in_at_the_same_time_are_both_answered(runtime: Runtime) -> None:
    overtaken = Overtaken(runtime, code_secret(runtime))
    first = open_dossier(runtime, replace(email("m1"), acknowledging=overtaken), at(WHEN))
    for receipt in (first, overtaken.came[1]):
        assert len(mails(runtime, receipt.dossier)) == 1
    assert len(sent(runtime)) == 2


@pytest.mark.parametrize("before", [0, 7])
def test_the_receipt_says_the_same_whatever_that_address_told_before(before: int) -> None:
    """Whoever gives the address of somebody else learns nothing of what they told."""
    site = new_site("2026-05-12 14:00")
    publish_change(site.runtime, agreeing_on(NUMBER, CODE), "2026-02-01 09:00")
    for count in range(before):
        by_web(site.runtime, f"k{count}")
    visitor = site.visitor()
    answers = {f"v_{name}": value for name, value in MELDEN.items()}
    answer = visitor.send("/de-linde/beukenhof/melden/alles", **answers)
    assert "Uw nummer sturen wij zo mogelijk ook" in visitor.page(answer.location).text


def test_the_next_day_they_are_answered_again(runtime: Runtime) -> None:
    for count in range(6):
        by_mail(runtime, f"m{count}")
    assert mails(runtime, by_mail(runtime, "later", "2026-05-13 08:00").dossier)


def test_a_form_of_which_it_was_lost_that_it_was_sent_opens_no_second_dossier(runtime: Runtime) -> None:
    first = by_web(runtime)
    project_pending(runtime)
    with runtime.store.transaction() as tables:
        tables.delete("submissions", key_hash("k1"))
    assert by_web(runtime) == first


def test_the_receipt_says_what_goes_to_the_address() -> None:
    site = new_site("2026-05-12 14:00")
    publish_change(site.runtime, agreeing_on(NUMBER, CODE), "2026-02-01 09:00")
    visitor = site.visitor()
    answers = {f"v_{name}": value for name, value in MELDEN.items()}
    answer = visitor.send("/de-linde/beukenhof/melden/alles", **answers)
    shown = visitor.page(answer.location).text
    assert (
        "Uw nummer sturen wij zo mogelijk ook naar het e-mailadres dat u gaf. Deze code sturen wij u niet"
        in shown
    )
