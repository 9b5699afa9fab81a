"""Two hundred e-mails: each is read as a person would, and told for what it is."""

from __future__ import annotations

import base64
import random

import pytest

from gehoor.core.mail.eml import read_eml
from gehoor.core.mail.model import MailKind
from gehoor.core.mail.texts import REST
from tests.support.mails.machines import OWN, automatic, bounces, own
from tests.support.mails.people import mistaken, told
from tests.support.mails.writing import Written

MAILS = [*told(), *mistaken(), *automatic(), *bounces(), *own()]


def test_there_are_two_hundred() -> None:
    assert len(MAILS) >= 200
    assert len({one.name for one in MAILS}) == len(MAILS)


@pytest.mark.parametrize("one", MAILS, ids=lambda one: one.name)
def test_each_is_told_for_what_it_is(one: Written) -> None:
    assert read_eml(one.content, [OWN]).kind is one.kind


@pytest.mark.parametrize(
    "one", [one for one in MAILS if one.kind is MailKind.PERSON], ids=lambda one: one.name
)
def test_what_people_wrote_is_read_as_they_wrote_it(one: Written) -> None:
    found = read_eml(one.content, [OWN])
    got = {
        "sender": (found.sender_name, found.sender_address),
        "subject": found.subject,
        "text": found.text,
        "files": tuple(file.name for file in found.files),
        "sent_at": found.sent_at,
    }
    wanted = {name: getattr(one, name) for name in got if getattr(one, name) is not None or name == "sent_at"}
    assert {name: got[name] for name in wanted} == wanted


HEAD = "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
STORY = "Mijn moeder is geslagen door de verpleger."


@pytest.mark.parametrize(
    "edge", ["multipart/mixed", 'multipart/mixed; boundary="anders"', "multipart/alternative"]
)
def test_parts_that_cannot_be_told_apart_are_read_as_text_and_somebody_has_to_look(edge: str) -> None:
    whole = f"{HEAD}Content-Type: {edge}\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{STORY}\r\n--b--\r\n"
    found = read_eml(whole.encode())
    assert STORY in found.text
    assert found.unread == (REST,)


@pytest.mark.parametrize(
    "page",
    [
        f"<svg width=1 /><p>{STORY}</p>",
        f"<noscript><p>{STORY}</p></noscript>",
        f"<title/><p>{STORY}</p>",
        f"<template><p>{STORY}</p>",
        f"<svg><path></svg><p>{STORY}</p>",
        f"<style>p {{ color: red }}</style><p>{STORY}</p>",
    ],
)
def test_a_page_shows_what_a_mail_program_shows(page: str) -> None:
    found = read_eml(f"{HEAD}Content-Type: text/html\r\n\r\n{page}".encode())
    assert (found.text, found.unread) == (STORY, ())


def test_a_photo_that_was_pasted_in_the_text_is_kept_and_what_stands_below_it_too() -> None:
    photo = random.Random(3).randbytes(2_300_000)
    packed = base64.b64encode(photo).decode()
    page = f'Zie de foto:<br><img src="data:image/jpeg;base64,{packed}"><p>{STORY}</p>'
    found = read_eml(f"{HEAD}Content-Type: text/html\r\n\r\n{page}".encode())
    assert found.text == f"Zie de foto:\n\n{STORY}"
    assert [(one.name, one.content == photo) for one in found.files] == [("afbeelding-1.jpg", True)]


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("Content-Disposition: attachment; filename=letsel.png\r\nContent-ID: <f_x>", ["letsel.png"]),
        ('Content-Disposition: inline; filename="letsel.png"', ["letsel.png"]),
        ("Content-ID: <f_x>", []),
        ("Content-ID: <f_y>", ["1.png"]),
    ],
)
def test_a_small_picture_is_left_out_only_where_the_text_shows_it(above: str, kept: list[str]) -> None:
    page = '<p>Zie de foto</p><img src="cid:f_x">'
    parts = (
        f"--b\r\nContent-Type: text/html\r\n\r\n{page}\r\n"
        f"--b\r\nContent-Type: image/png\r\n{above}\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--b--\r\n"
    )
    found = read_eml(f"{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}".encode())
    assert [one.name for one in found.files] == kept


# Two texts that should say the same


def of_two(plain: str, page: str, around: str = "") -> bytes:
    """An e-mail with a plain text, and a page that stands by itself or within what belongs with it."""
    html = f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n"
    if around:
        html = f'Content-Type: {around}; boundary="i"\r\n\r\n--i\r\n{html}--i--\r\n'
    return (
        f'{HEAD}Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n--b\r\n{html}--b--\r\n"
    ).encode()


@pytest.mark.parametrize("around", ["", "multipart/related", "multipart/mixed"])
def test_a_plain_text_that_is_only_a_stub_does_not_stand_for_the_page(around: str) -> None:
    found = read_eml(of_two("Bekijk dit bericht in uw browser.", f"<p>{STORY}</p>", around))
    assert STORY in found.text


@pytest.mark.parametrize("around", ["", "multipart/related"])
def test_what_stands_in_the_page_alone_is_read_once(around: str) -> None:
    found = read_eml(of_two("Dag.", f"<p>Dag.</p><p>{STORY}</p>", around))
    assert found.text == f"Dag.\n\n{STORY}"


def test_what_stands_in_the_plain_text_alone_is_read_too() -> None:
    found = read_eml(of_two(STORY, "<p>Dit bericht kan alleen gelezen worden zonder opmaak.</p>"))
    assert STORY in found.text
    assert "zonder opmaak" in found.text


@pytest.mark.parametrize(
    ("plain", "page"),
    [
        ("Ik heb dit gemeld en men heeft geholpen.", "Ik heb dit NIET gemeld en men heeft NIET geholpen."),
        ("Bel mij terug op", "Bel mij terug op 0477123456 asap"),
        ("Zie daar.", "Zie daar: https://voorbeeld.example/foto"),
        ("Jan sloeg Piet.", "Piet sloeg Jan."),
        ("Dank u", "Dank u \U0001f621"),
    ],
)
def test_one_word_that_turns_what_is_said_is_not_lost(plain: str, page: str) -> None:
    assert page in read_eml(of_two(plain, f"<p>{page}</p>")).text


def test_of_two_that_say_the_same_the_plain_one_is_read() -> None:
    plain = f"Dag,\r\n\r\n*{STORY}*\r\nZie https://voorbeeld.example/foto\r\n[cid:logo@1]\r\n\r\nGroeten, Jan"
    page = (
        f'<p>Dag,</p><b>{STORY}</b> Zie <a href="https://voorbeeld.example/foto">foto</a><p>Groeten, Jan</p>'
    )
    assert read_eml(of_two(plain, page)).text.startswith(f"Dag,\n\n*{STORY}*")


def test_texts_within_each_other_are_looked_into_once_each() -> None:
    """Each level would look again at all that lies in it: twice as long for each."""
    part = f"Content-Type: text/html\r\n\r\n<p>{STORY} {'woord ' * 2000}</p>"
    for level in range(18):
        part = (
            f'Content-Type: multipart/alternative; boundary="b{level}"\r\n\r\n--b{level}\r\n'
            f"Content-Type: text/plain\r\n\r\nstub {level}\r\n--b{level}\r\n{part}\r\n--b{level}--\r\n"
        )
    found = read_eml(f"{HEAD}{part}".encode())
    assert found.text.count(STORY) == 1
