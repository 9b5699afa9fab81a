"""Who hears of a task: who has it, with a link to it and nothing of the dossier; once done, who handles that."""

from __future__ import annotations

from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import fill
from tests.support.paper_post import PaperPost
from tests.support.tasks import DO, DUE, MEASURES, SOUP, house, measure, opened, tasks, tell, with_measures


def told(runtime: Runtime, dossier: str, since: str) -> list[tuple[str, Message]]:
    """Return the messages of a dossier from an instant on, each with the first part of the first address."""
    messages = look(runtime, dossier, at("2027-01-01 09:00")).messages
    begin = at(since).strftime("%Y-%m-%dT%H:%M")
    return [
        (m.recipients[0].partition("@")[0], m) for m in messages if m.created_at >= begin and m.recipients
    ]


def names(found: list[tuple[str, Message]]) -> list[str]:
    return sorted(name for name, _ in found)


def test_who_is_named_hears_of_their_task_with_a_link_to_it() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    ((name, message),) = told(runtime, dossier, "2026-05-20 10:00")
    (one,) = tasks(runtime, "kaat")
    link = f"https://gehoor.example/medewerker/taken/{dossier}/{DO}/{one.state.row}"
    assert name == "kaat"
    assert message.subject == "Taak: Een herstelmaatregel uitvoeren"
    assert message.text == f"Kaat, Deze taak is voor u. maandag 1 juni 2026 {link}"


def test_the_message_holds_nothing_of_the_dossier() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    ((_, message),) = told(runtime, dossier, "2026-05-20 10:00")
    number = look(runtime, dossier, at("2026-05-21 09:00")).dossier.number
    assert not any(text in message.subject + message.text for text in (number, SOUP, "Bel niet", "Peeters"))


def test_nobody_hears_of_what_they_had_or_gave_themselves() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    again = [measure("kaat"), measure("koen", omschrijving="De bel herstellen in kamer 12.")]
    fill(runtime, dossier, "2026-05-21 10:00", actor="koen", **{MEASURES: again})
    assert told(runtime, dossier, "2026-05-21 10:00") == []


def test_who_has_it_is_reminded_instead_of_the_role() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    sweep(runtime, at("2026-05-28 09:00"))
    found = told(runtime, dossier, "2026-05-28 09:00")
    reminders = [(name, m.text) for name, m in found if m.task]
    assert [name for name, _ in reminders] == ["kaat"]
    assert "moet binnenkort gedaan zijn" in reminders[0][1]


def test_once_it_is_late_they_and_the_role_hear_and_later_the_next_one_alone() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    sweep(runtime, at("2026-05-28 09:00"))
    sweep(runtime, at("2026-06-02 09:00"))
    late = [(name, m) for name, m in told(runtime, dossier, "2026-06-02 09:00") if DUE[:7] in m.key]
    assert names(late) == ["kaat", "koen"]
    sweep(runtime, at("2026-06-09 09:00"))
    assert names([(n, m) for n, m in told(runtime, dossier, "2026-06-09 09:00") if DUE in m.key]) == ["els"]


def test_without_a_name_the_role_is_reminded_as_ever() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure())
    sweep(runtime, at("2026-05-28 09:00"))
    assert names([(n, m) for n, m in told(runtime, dossier, "2026-05-28 09:00") if DUE in m.key]) == ["koen"]


def test_the_sweep_knows_beforehand_whom_to_tell() -> None:
    runtime = house()
    with_measures(runtime, measure("kaat"))
    sweep(runtime, at("2026-05-20 11:00"))
    post = PaperPost()
    sweep(runtime, at("2026-05-28 09:00"))
    deliver(runtime, post, lambda: at("2026-05-28 09:01"))
    assert "kaat@delinde.example" in post.addresses


def test_who_has_it_no_more_gets_no_mail_that_was_written_before() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    fill(runtime, dossier, "2026-05-20 10:30", voorwerp="persoon", aangeklaagde_medewerkers=["kaat"])
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-20 11:00"))
    assert "kaat@delinde.example" not in post.addresses


def test_who_handles_the_dossier_hears_that_a_task_is_done() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    assign(runtime, Assigning(dossier, "koen", "els"), at("2026-05-20 11:00"))
    (one,) = tasks(runtime, "kaat")
    tell(runtime, "kaat", one, "2026-05-22 10:00", verslag="Besteld.")
    assert told(runtime, dossier, "2026-05-22 10:00") == []
    tell(
        runtime,
        "kaat",
        opened(runtime, "kaat", one, "2026-05-23 09:00"),
        "2026-05-23 10:00",
        uitgevoerd_op="2026-05-22",
    )
    ((name, message),) = told(runtime, dossier, "2026-05-23 10:00")
    assert name == "koen"
    assert "Een taak is gedaan: Een herstelmaatregel uitvoeren." in message.text


def test_the_history_names_who_was_told() -> None:
    runtime = house()
    dossier = with_measures(runtime, measure("kaat"))
    sweep(runtime, at("2026-05-28 09:00"))
    sweep(runtime, at("2026-06-02 09:00"))
    sweep(runtime, at("2026-06-09 09:00"))
    seen = look(runtime, dossier, at("2026-06-10 09:00"))
    said = [
        DUTCH.events.text(seen.under[event.agreement], event)
        for event in seen.events
        if "named" in event.data
    ]
    assert [dict(one.details).get("Gemeld aan") for one in said] == [
        "Kaat", "Kaat, Teamverantwoordelijke", "Kwaliteitscoördinator",
    ]  # fmt: skip


def test_who_was_named_by_mistake_gets_no_mail() -> None:
    runtime, post = house(), PaperPost()
    dossier = with_measures(runtime, measure("kaat"))
    fill(runtime, dossier, "2026-05-20 10:05", actor="els", **{MEASURES: [measure("kobe")]})
    deliver(runtime, post, lambda: at("2026-05-20 10:10"))
    with reading(runtime.store) as register:
        found = {one.people: one.state for one in register.messages_of(dossier) if one.task}
    assert found == {("kaat",): "moot", ("kobe",): "sent"}


def test_what_is_to_be_done_again_is_told_again() -> None:
    """Somebody filled in by mistake that it was done, before the mail went."""
    runtime, post = house(), PaperPost()
    dossier = with_measures(runtime, measure("kaat"))
    slip = measure("kaat", uitgevoerd_op="2026-05-20")
    fill(runtime, dossier, "2026-05-20 10:05", actor="els", **{MEASURES: [slip]})
    deliver(runtime, post, lambda: at("2026-05-20 10:10"))
    assert "kaat@delinde.example" not in post.addresses
    fill(runtime, dossier, "2026-05-20 10:15", actor="els", **{MEASURES: [measure("kaat")]})
    deliver(runtime, post, lambda: at("2026-05-20 10:20"))
    assert "kaat@delinde.example" in post.addresses
