"""Values as recorded parts and as written words (provisional: digits and small numbers)."""

from __future__ import annotations

from fs_control.errors import UserMistake


def spoken_parts(how: str, value: str | int | float | bool, language: str) -> tuple[str, ...]:
    """Return the names of the prompts that say a value."""
    if how == "digits" and str(value).isdigit():
        return tuple(f"part-number-{digit}" for digit in str(value))
    if how == "number" and isinstance(value, int) and 0 < value <= 20:
        return (f"part-number-{value}",)
    raise UserMistake("not_sayable", value=str(value), how=how, language=language)


def spoken_text(how: str, value: str | int | float | bool, language: str) -> str:
    """Return a value as the record writes it."""
    return str(value)
