"""What FreeSWITCH is told when it asks for a phone (mod_xml_curl): a WSGI application over the phone book.

Owns the reading of its questions and the choice between three answers: this phone; no such phone, finally; nothing to
say, look into your files. Knows no XML, which `switch.configuration` makes for the files as well. Easy to break: much
of a question was written by whoever sent the REGISTER, so nothing of it gets into an answer or a log, and what cannot
be read ends in "not found".
Source: mod_xml_curl.c and switch_xml.c (`switch_xml_locate`) of 1.10.12, tests/freeswitch/test_phone_directory.py.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hmac import compare_digest
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import parse_qsl

import structlog

from fs_control.switch.configuration import DIRECTORY_USER, directory_answer, not_found_answer
from fs_control.web.phone_book import PhoneBook

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = structlog.get_logger(__name__)

LARGEST_QUESTION: Final = 131_072
"""Bytes; what we ship asks in a few hundred. Another configuration passes on much of a REGISTER, 65 kB by UDP."""
MOST_FIELDS: Final = 2_000

Question: TypeAlias = list[tuple[str, str]]
"""The fields of a form in their order."""

ASKED: Final = {"section": "directory", "tag_name": "domain", "key_name": "name"}
"""What a question for a phone says of itself, before the domain (`key_value`) and the number (`user`)."""


class PhoneAnswers:
    """Answers for the phones of one domain whoever shows the password."""

    def __init__(self, domain: str, password: str, book: PhoneBook) -> None:
        self._domain = domain
        self._key = b"Basic " + b64encode(f"{DIRECTORY_USER}:{password}".encode())
        self._book = book

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        if not self._may_ask(environ.get("HTTP_AUTHORIZATION", "")):
            log.warning("phones asked for without the password", action="directory_password_wrong")
            start_response("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="fs_control"')])
            return [b""]
        answer = self._answer(_question(environ)).encode()
        start_response("200 OK", [("Content-Type", "text/xml; charset=utf-8"), ("Content-Length", str(len(answer)))])
        return [answer]

    def _may_ask(self, shown: str) -> bool:
        return compare_digest(shown.encode(errors="replace"), self._key)

    def _answer(self, question: Question) -> str:
        number = _last(question, "user")
        if number is None or not self._is_for_us(question) or not self._book.is_read:
            return not_found_answer()
        phone = self._book.find(number)
        return directory_answer(self._domain, () if phone is None else (phone,))

    def _is_for_us(self, question: Question) -> bool:
        domain = _first(question, "key_value")
        is_for_a_phone = all(_first(question, name) == value for name, value in ASKED.items())
        return is_for_a_phone and domain is not None and domain.lower() == self._domain.lower()


def _question(environ: WSGIEnvironment) -> Question:
    """Return the fields of a form; none where it is no form, too large, or broke off."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= LARGEST_QUESTION):
        return []
    try:
        text = environ["wsgi.input"].read(int(length)).decode(errors="replace")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (OSError, ValueError):
        return []


def _first(question: Question, name: str) -> str | None:
    """Return a field that FreeSWITCH writes before anything that others gave it (mod_xml_curl.c, `xml_url_fetch`)."""
    return next((value for field, value in question if field == name), None)


def _last(question: Question, name: str) -> str | None:
    """Return a field that FreeSWITCH writes after all that: variables of a dial string may have any name
    (switch_xml.c, `switch_xml_locate_user`).
    """
    return _first(question[::-1], name)
