"""What FreeSWITCH is told when it asks for a phone: this one, no such one, nothing to say; and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.switch.configuration import PhoneAccount, directory_answer, not_found_answer
from fs_control.web.phone_answers import LARGEST_QUESTION, MOST_FIELDS, PhoneAnswers
from fs_control.web.phone_book import PhoneBook
from tests.unit.web.questions import DOMAIN, PASSWORD, PHONE, credentials, form, reading

THIS_PHONE = directory_answer(DOMAIN, (PHONE,))
NOBODY = directory_answer(DOMAIN, ())
NOT_FOUND = not_found_answer()


def answers(*phones: PhoneAccount) -> PhoneAnswers:
    book = PhoneBook(reading(*phones))
    book.refresh()
    return PhoneAnswers(DOMAIN, PASSWORD, book)


def ask(application: PhoneAnswers, body: bytes, **environ: Any) -> tuple[str, str]:
    """Status and answer of one request, as a WSGI server would make it."""
    statuses: list[str] = []

    def start_response(status: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
        statuses.append(status)
        return BytesIO().write

    given = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "HTTP_AUTHORIZATION": credentials()}
    answer = application({**given, **environ}, start_response)
    return statuses[0], b"".join(answer).decode()


def told(body: bytes, **environ: Any) -> str:
    status, answer = ask(answers(PHONE), body, **environ)
    assert status == "200 OK"
    return answer


def test_a_phone_is_told_as_the_file_has_it() -> None:
    (domain,) = ElementTree.fromstring(told(form())).iterfind("section[@name='directory']/domain")
    (user,) = domain.iterfind("groups/group/users/user")
    (hashed,) = user.iterfind("params/param[@name='a1-hash']")
    assert (user.attrib["id"], hashed.attrib["value"]) == ("1001", PHONE.a1_hash)
    assert told(form()) == THIS_PHONE


@pytest.mark.parametrize("action", ["sip_auth", "user_call", "", None])
def test_why_it_is_asked_makes_no_difference(action: str | None) -> None:
    assert told(form(action=action)) == THIS_PHONE


def test_a_phone_that_there_is_not_is_a_final_no() -> None:
    assert told(form(user="1002")) == NOBODY
    assert "<user " not in NOBODY
    assert f'<domain name="{DOMAIN}">' in NOBODY


@pytest.mark.parametrize(
    "changes",
    [
        {"section": "dialplan"},
        {"section": "configuration", "tag_name": "configuration", "key_value": "sofia.conf"},
        {"tag_name": "group"},
        {"key_name": "id"},
        {"key_value": "other.example.com"},
        {"key_value": None},
        {"user": None},
        {"section": None},
    ],
)
def test_anything_but_a_phone_of_our_domain_is_not_found(changes: dict[str, str | None]) -> None:
    assert told(form(**changes)) == NOT_FOUND


def test_the_name_of_a_domain_is_the_same_in_capitals() -> None:
    assert told(form(key_value=DOMAIN.upper())) == THIS_PHONE


def test_before_the_phones_were_read_there_is_nothing_to_say() -> None:
    unread = PhoneAnswers(DOMAIN, PASSWORD, PhoneBook(reading(PHONE)))
    assert ask(unread, form()) == ("200 OK", NOT_FOUND)


@pytest.mark.parametrize(
    "user", ['"><x/>', "<!--", "1001\x00", "\x00", "' OR 1=1 --", "$${domain}", "1" * 60_000, "一"]
)
def test_a_hostile_number_is_no_phone_and_comes_back_in_no_answer(user: str) -> None:
    assert told(form(user=user)) == NOBODY


@pytest.mark.parametrize("domain", ['"><x/>', f"{DOMAIN}\x00", "a" * 60_000, "%", "&user=1001"])
def test_a_hostile_domain_is_not_found(domain: str) -> None:
    assert told(form(key_value=domain)) == NOT_FOUND


@pytest.mark.parametrize("name", ["section", "tag_name", "key_name", "key_value"])
def test_what_is_asked_for_stands_before_what_others_say(name: str) -> None:
    assert told(form() + f"&{name}=x".encode()) == THIS_PHONE
    assert told(f"{name}=x&".encode() + form()) == NOT_FOUND


def test_who_is_asked_for_stands_behind_what_others_say() -> None:
    assert told(b"user=1002&" + form()) == THIS_PHONE
    assert told(form() + b"&user=1002") == NOBODY


@pytest.mark.parametrize(
    ("body", "environ"),
    [
        (b"", {}),
        (b"\x00\xff<xml>", {}),
        (b"x" * (LARGEST_QUESTION + 1), {}),
        (form() + b"&x=1" * MOST_FIELDS, {}),
        (form(), {"CONTENT_LENGTH": "-1"}),
        (form(), {"CONTENT_LENGTH": "٣"}),
        (form(), {"CONTENT_LENGTH": "9" * 100}),
        (form(), {"CONTENT_LENGTH": ""}),
    ],
)
def test_what_cannot_be_read_is_not_found(body: bytes, environ: dict[str, str]) -> None:
    assert told(body, **environ) == NOT_FOUND


def test_a_question_that_breaks_off_is_not_found() -> None:
    class BrokenOff:
        def read(self, _size: int) -> bytes:
            raise OSError("unexpected end of file")

    assert told(form(), **{"wsgi.input": BrokenOff()}) == NOT_FOUND


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(body: bytes) -> None:
    assert told(body) == NOT_FOUND


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "Basic",
        "Basic \xff",
        credentials("another-word"),
        credentials(name="freeswitch"),
        credentials("")[:-1],
        f"Bearer {PASSWORD}",
    ],
)
def test_without_the_password_nothing_is_told(shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(answers(PHONE), form(), HTTP_AUTHORIZATION=shown) == ("401 Unauthorized", "")
    logged = capsys.readouterr().out
    assert "directory_password_wrong" in logged
    assert not shown or shown not in logged


def test_who_shows_nothing_is_told_nothing() -> None:
    status, answer = ask(answers(PHONE), form(), HTTP_AUTHORIZATION="")
    assert (status, answer) == ("401 Unauthorized", "")


def test_what_is_in_an_answer_is_escaped() -> None:
    odd = PhoneAccount('1"<&', "0" * 32)
    status, answer = ask(answers(odd), form(user=odd.number))
    (user,) = ElementTree.fromstring(answer).iter("user")
    assert (status, user.attrib["id"]) == ("200 OK", odd.number)
