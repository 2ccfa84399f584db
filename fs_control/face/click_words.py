"""click's commands and options with texts of ours: help in the reader's language, mistakes as sentences.

A command's help is the text `help.<command>` and an option's `option.<name>`, so that no command carries sentences.
Easy to break: a `LazyGroup` shows the help of its commands without importing them; that is why those are texts too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from typing import Any, Final

import click

from fs_control.errors import FsControlError, UserMistake
from fs_control.face.words import explained, forget_language, words

REFUSED: Final = 1
MISUSED: Final = 2
INTERRUPTED: Final = 130
"""128 and SIGINT, as shells have it."""


class UsageMistake(UserMistake):
    """The command line itself cannot be understood: exit code 2. `values['group']` is the command whose help helps."""


# --- help ----------------------------------------------------------------------------------------------------------


class _Formatter(click.HelpFormatter):
    """Writes click's own headings in the reader's language."""

    def write_heading(self, heading: str) -> None:
        code = f"help.heading.{heading.lower()}"
        super().write_heading(words(code) if heading in ("Options", "Commands") else heading)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or words("help.heading.usage"))


class _Context(click.Context):
    formatter_class = _Formatter


class Option(click.Option):
    """An option whose help is the text `option.<name>`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of this option in its command's help."""
        self.help = words(f"option.{self.name}")
        return super().get_help_record(ctx)


def _code_of(context: click.Context, *names: str) -> str:
    """Return the code of a command's help: its path without the program's name."""
    path: list[str] = list(names)
    while context.parent is not None:
        path.insert(0, str(context.info_name))
        context = context.parent
    return ".".join(["help", *path])


class Command(click.Command):
    """A command with help from texts, and `examples` of how it is typed."""

    context_class = _Context

    def __init__(self, *args: Any, examples: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self._examples = examples

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for."""
        _write_purpose(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(self._examples, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in the reader's language."""
        return _translated(super().get_help_option(ctx))


class Group(click.Group):
    """A command with commands below it; those in `lazy` (name to "module:attribute") are imported when they run."""

    context_class = _Context
    command_class = Command

    def __init__(
        self, *args: Any, lazy: Mapping[str, str] | None = None, examples: Sequence[str] = (), **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self._lazy = dict(lazy or {})
        self._examples = examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, those that are not imported yet among them, in the order in which people need them."""
        return [*self._lazy, *(name for name in self.commands if name not in self._lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing it now where it is lazy."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._lazy[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; a misspelt one gets the nearest there is."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            nearest = next(iter(get_close_matches(args[0], names, n=1)), None)
            raise UsageMistake("command_unknown", command=args[0], nearest=nearest, group=ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the group is for."""
        _write_purpose(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line for each command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words(_code_of(ctx, name))) for name in self.list_commands(ctx)])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(self._examples, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in the reader's language."""
        return _translated(super().get_help_option(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line. Standing alone it ends the process with 0, 1 (refused) or 2 (misused)."""
        forget_language()
        run = partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        return run() if not standalone_mode else sys.exit(_run(run))


def _write_purpose(context: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(words(_code_of(context)))


def _write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """Write examples as they are: each stays in its line, to be copied."""
    if not examples:
        return
    with formatter.section(words("help.heading.examples")):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")


def _translated(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = words("option.help")
    return option


# --- how a command ends --------------------------------------------------------------------------------------------


def _run(command: Callable[[], Any]) -> int:
    """Run a command and return its exit code; what went wrong is said on stderr, in a sentence or two."""
    try:
        code = command()
    except click.exceptions.NoArgsIsHelpError as help_needed:
        return _complain(help_needed.format_message(), code=MISUSED)
    except click.UsageError as mistake:
        return _complain(_usage_words(mistake), words("usage_hint", command=_path(mistake)), code=MISUSED)
    except UsageMistake as mistake:
        return _complain(explained(mistake), words("usage_hint", command=mistake.values["group"]), code=MISUSED)
    except FsControlError as error:
        return _complain(explained(error), code=REFUSED)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _complain(*sentences: str, code: int) -> int:
    click.echo(" ".join(sentences), err=True)
    return code


def _path(mistake: click.UsageError) -> str:
    return mistake.ctx.command_path if mistake.ctx is not None else "fs-control"


def _usage_words(mistake: click.UsageError) -> str:
    """Say what click found wrong; of what it explains itself, its words are passed on."""
    match mistake:
        case click.NoSuchOption():
            nearest = next(iter(mistake.possibilities or ()), None)
            return words("option_unknown", option=mistake.option_name, nearest=nearest)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return words("argument_missing", name=_name_of(parameter))
        case click.BadParameter(param=click.Parameter() as parameter):
            return words("argument_refused", name=_name_of(parameter), reason=mistake.message)
        case _:
            return words("usage_refused", reason=mistake.message)


def _name_of(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(_bare_context())


def _bare_context() -> click.Context:
    return click.Context(click.Command(None))
