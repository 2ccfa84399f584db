"""Who reads a text aloud: espeak-ng on this machine, a program of the operator's, or a service over HTTP.

Each takes a text and gives audio in any form that `sound` reads. Easy to break: a text is never part of a command
line, where a dash would make it an option; the header of a service is a secret and stands in no message; and a service
is asked over https, or on this machine.
"""

from __future__ import annotations

import re
import subprocess
import urllib.request
from collections.abc import Mapping, Sequence
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import IO, Final, Protocol
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

from fs_control.errors import RemoteFault, UserMistake
from fs_control.media.sound import LARGEST_BYTES, need_programs
from fs_control.settings import SpeechSettings

VOICES: Final = {"zh": "cmn-latn-pinyin", "en": "en-gb"}
"""espeak-ng's own: its voice `zh` reads most characters as English."""
WORDS_A_MINUTE: Final = {"zh": "165", "en": "150"}
CHUNK: Final = 65_536
_HEADER: Final = re.compile(r"(?P<name>[A-Za-z0-9-]{1,64}):\s*(?P<value>[\x20-\x7e]{1,4096})\s*")


class Speaker(Protocol):
    """Somebody who reads aloud."""

    def identity(self, language: str) -> str:
        """Return what decides how a text sounds: another identity, another sound."""
        ...

    def speak(self, text: str, language: str, seconds: float) -> bytes:
        """Return a text as audio within so many seconds; UserMistake or RemoteFault where it cannot be had."""
        ...


def speaker_of(settings: SpeechSettings) -> Speaker:
    """Return who reads aloud by these settings; UserMistake where they name two, or an address that is not taken."""
    if settings.command and settings.url:
        raise UserMistake("speech_two_ways")
    if settings.command:
        return CommandSpeaker(settings.command, settings.voices)
    if settings.url:
        return HttpSpeaker(settings)
    return EspeakSpeaker(settings.voices)


class EspeakSpeaker:
    """espeak-ng; its form of audio needs sox, too."""

    def __init__(self, voices: Mapping[str, str]) -> None:
        self._voices = {**VOICES, **voices}

    def identity(self, language: str) -> str:
        """Return the program and the voice."""
        return f"espeak-ng {self._voices.get(language, language)}"

    def speak(self, text: str, language: str, seconds: float) -> bytes:
        """Read a text aloud."""
        need_programs("espeak-ng", "sox")
        speed = WORDS_A_MINUTE.get(language, "150")
        voice = self._voices.get(language, language)
        return _run(["espeak-ng", "-v", voice, "-s", speed, "--stdin", "--stdout"], text, seconds)


class CommandSpeaker:
    """A program that takes the text on its standard input and writes audio to its standard output."""

    def __init__(self, command: Sequence[str], voices: Mapping[str, str]) -> None:
        self._command, self._voices = command, voices

    def identity(self, language: str) -> str:
        """Return the whole command."""
        return " ".join(self._filled(language))

    def speak(self, text: str, language: str, seconds: float) -> bytes:
        """Read a text aloud."""
        return _run(self._filled(language), text, seconds)

    def _filled(self, language: str) -> list[str]:
        voice = self._voices.get(language, language)
        return [word.replace("{language}", language).replace("{voice}", voice) for word in self._command]


class HttpSpeaker:
    """A service that takes the text as the body of a POST and answers with audio."""

    def __init__(self, settings: SpeechSettings) -> None:
        self._settings = settings
        where = urlsplit(settings.url)
        self._host = where.hostname or ""
        if not (where.scheme == "https" or (where.scheme == "http" and _is_here(self._host))) or not self._host:
            raise UserMistake("speech_url_bad", host=self._host)

    def identity(self, language: str) -> str:
        """Return the address, without what might be a secret in its query."""
        where = urlsplit(self._filled(language))
        return f"{where.scheme}://{where.hostname}{where.path} {self._settings.voices.get(language, language)}"

    def speak(self, text: str, language: str, seconds: float) -> bytes:
        """Ask the service; RemoteFault `speech_service_failed` says why there is no audio."""
        headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Language": language, **self._secret()}
        request = urllib.request.Request(self._filled(language), text.encode(), headers, method="POST")
        opener = urllib.request.build_opener(_StaysHere())
        until = monotonic() + seconds
        try:
            with opener.open(request, timeout=seconds) as answer:
                return self._read(answer, until)
        except HTTPError as refusal:
            refusal.close()  # an answer, too: its connection stays open otherwise
            raise RemoteFault("speech_service_failed", host=self._host, reason=str(refusal.code)) from refusal
        except (OSError, HTTPException) as error:  # URLError is an OSError
            reason = str(getattr(error, "reason", error))
            raise RemoteFault("speech_service_failed", host=self._host, reason=reason) from error

    def _read(self, answer: IO[bytes], until: float) -> bytes:
        audio = b""
        while chunk := answer.read(CHUNK):
            audio += chunk
            if len(audio) > LARGEST_BYTES or monotonic() > until:
                raise RemoteFault("speech_service_failed", host=self._host, reason="too much, or too slow")
        return audio

    def _filled(self, language: str) -> str:
        voice = self._settings.voices.get(language, language)
        return self._settings.url.replace("{language}", quote(language)).replace("{voice}", quote(voice))

    def _secret(self) -> dict[str, str]:
        """Return the header of the settings; UserMistake where its file cannot be read, or it is no header."""
        line, file = self._settings.header, self._settings.header_file
        if file:
            try:
                line = Path(file).read_text(encoding="ascii")
            except (OSError, UnicodeDecodeError) as error:
                raise UserMistake("file_unreadable", file=file, reason=str(error)) from error
        if not line.strip():
            return {}
        found = _HEADER.fullmatch(line.strip())
        if found is None:
            raise UserMistake("speech_header_bad")
        return {found["name"]: found["value"].strip()}


class _StaysHere(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: a header for one host is not for another."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Refuse; the answer is then the redirection itself, as an error."""
        return


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(command: Sequence[str], text: str, seconds: float) -> bytes:
    """Return what a program makes of a text; UserMistake says why it made nothing."""
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UserMistake("speech_command_slow", program=command[0], text=text[:40]) from None
    except OSError as error:
        raise UserMistake("speech_command_not_run", program=command[0], reason=error.strerror) from error
    if done.returncode != 0 or not done.stdout:
        complaint = done.stderr.decode(errors="replace").strip().partition("\n")[0][:200]
        raise UserMistake("speech_command_failed", program=command[0], status=done.returncode, reason=complaint)
    return done.stdout
