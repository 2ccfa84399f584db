"""What stands in a step besides names of others: variables, expressions, sentences, and things that are said.

Each is checked where it stands; the mistakes are pydantic errors of the types below, whose context has the code and
the values of the sentence, and the column in the text where there is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from keyword import iskeyword
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fs_control.flow.expressions import RESERVED, Expression, ExpressionMistake, parse
from fs_control.flow.nodes.base import Part
from fs_control.flow.nodes.names import PromptName
from fs_control.flow.session import FlowSession
from fs_control.flow.spoken import MAX_SENTENCE, Said, SentenceMistake, pieces_of, said

MISTAKE: Final = "mistake"
"""The pydantic error type of what the checks below refuse; its context is `code`, `column` and the values."""


def mistake(code: str, column: int = 0, **values: str) -> PydanticCustomError:
    """Make the error of a mistake that is told by its own sentence."""
    context: dict[str, Any] = {"code": code, "column": column, "values": values}
    return PydanticCustomError(MISTAKE, "mistake", context)


def _variable(name: str) -> str:
    if not re.fullmatch(r"[^\W\d]\w{0,31}", name) or unicodedata.normalize("NFKC", name) != name:
        raise mistake("flow_bad_variable", name=name)
    if name in RESERVED or iskeyword(name):
        raise mistake("flow_reserved_variable", name=name)
    return name


def _expression(text: str) -> str:
    try:
        parse(text)
    except ExpressionMistake as error:
        raise mistake(error.code, error.column, **_texts(error.values)) from error
    return text


def _sentence(text: str) -> str:
    try:
        pieces = pieces_of(text)
    except SentenceMistake as error:
        raise mistake(error.code, error.column, **_texts(error.values)) from error
    if not pieces:
        raise mistake("flow_sentence_empty")
    return text


def _texts(values: Any) -> dict[str, str]:
    return {name: str(value) for name, value in dict(values).items()}


VariableName: TypeAlias = Annotated[str, AfterValidator(_variable)]
"""The name of a variable of the flow."""
Condition: TypeAlias = Annotated[str, AfterValidator(_expression)]
"""An expression, as text."""
Sentence: TypeAlias = Annotated[str, Field(max_length=MAX_SENTENCE), AfterValidator(_sentence)]
"""What is said, with values in braces."""

MARK: Final = "="
"""How a value begins that is computed."""


def computed(value: object) -> Expression | None:
    """Return the expression of a value that is one."""
    return parse(value[len(MARK) :]) if isinstance(value, str) and value.startswith(MARK) else None


class Spoken(Part):
    """Something that is said: `prompt`, a recording by name, or `say`, a sentence."""

    prompt: PromptName | None = None
    say: Sentence | None = None

    @model_validator(mode="after")
    def _not_both(self) -> Spoken:
        if self.prompt is not None and self.say is not None:
            raise mistake("flow_prompt_and_say")
        return self

    def sentences_here(self) -> Collection[str]:
        """Return the sentence, if it is one."""
        return (self.say,) if self.say is not None else ()

    def prompts_here(self) -> Collection[str]:
        """Return the prompt's name, if it is one."""
        return (self.prompt,) if self.prompt is not None else ()

    def spoken(self, session: FlowSession) -> Said | None:
        """Return what is said to this caller; None for nothing."""
        if self.say is not None:
            return said(self.say, {**session.facts, **session.variables}, session.language)
        return Said(self.prompt, ()) if self.prompt is not None else None


class MustSpeak(Spoken):
    """Something in which one of the two has to stand."""

    @model_validator(mode="after")
    def _says_something(self) -> MustSpeak:
        if self.prompt is None and self.say is None:
            raise mistake("flow_prompt_or_say_missing")
        return self
