"""Persistent maps that a snapshot can be made of.

`immutables.Map` shares structure between versions: a change costs the same for ten calls and for ten thousand, and
an old version stays what it was. pydantic, which writes and reads snapshots, is told here to see a map as a dict.
"""

from __future__ import annotations

from types import GenericAlias
from typing import Annotated, Any, TypeVar, get_args

from immutables import Map
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

K = TypeVar("K")
V = TypeVar("V")


class _AsDict:
    """Tells pydantic how to read and write an `immutables.Map`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        key, value = get_args(source)
        as_dict = handler.generate_schema(GenericAlias(dict, (key, value)))
        return core_schema.no_info_after_validator_function(
            Map,
            as_dict,
            serialization=core_schema.plain_serializer_function_ser_schema(dict, return_schema=as_dict),
        )


PersistentMap = Annotated[Map[K, V], _AsDict()]
"""A map that is never changed in place: `map.set(key, value)` and `map.delete(key)` return another."""
