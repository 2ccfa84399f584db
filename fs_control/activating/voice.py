"""The prompts that a flow may name, and the sentences of it that nobody recorded: said before it is active (N5).

Knows the library and who reads aloud, and nothing of versions. Easy to break: what a caller would not hear is refused
here, with its reason, for during a call nobody can mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fs_control.flow import Flow, literals_of
from fs_control.media.library import Library
from fs_control.media.speech import speak_all
from fs_control.settings import SpeechSettings


@dataclass(frozen=True, slots=True)
class Voice:
    """The library of an installation, and who reads aloud what is not in it."""

    library: Library
    settings: SpeechSettings

    def prompts(self) -> Mapping[str, frozenset[str]]:
        """Return the names that a flow may use, by language."""
        return self.library.names()

    def speak(self, flow: Flow) -> None:
        """Have the literal sentences of a flow in the library; UserMistake or RemoteFault say why one is not."""
        sentences = ((flow.language, words) for sentence in flow.sentences() for words in literals_of(sentence))
        speak_all(sentences, self.library, self.settings)
