"""Words in which JSON Schemas are written: what a value may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORDS: Schema = {**TEXT, "pattern": r"\S"}
"""A text that says something."""
DATE: Schema = {**TEXT, "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
TRUTH: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {**WHOLE, "minimum": 0}
ORDINAL: Schema = {**WHOLE, "minimum": 1}
"""The number of a line or column."""
NUMBER: Schema = {"type": "number"}


def about(schema: Schema, words: str) -> Schema:
    """The same, with what it is for."""
    return {**schema, "description": words}


def constant(value: str | int) -> Schema:
    """This value and no other."""
    return {"const": value}


def one_of(words: Iterable[str]) -> Schema:
    """One of some words."""
    return {"enum": list(words)}


def list_of(items: Schema, least: int = 0) -> Schema:
    """A list, of any length or of so many at least."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


TEXTS = list_of(TEXT)
OF_TYPE: Mapping[type, Schema] = {bool: TRUTH, int: WHOLE, str: TEXT, list: TEXTS}
"""What the option of a rule may be, by its type."""


def either(*schemas: Schema) -> Schema:
    """Any of these."""
    return {"anyOf": list(schemas)}


def or_null(schema: Schema) -> Schema:
    """This, or null."""
    if "type" in schema:
        # What else it says is said of values of its type alone.
        return {**schema, "type": [schema["type"], "null"]}
    return either(schema, {"type": "null"})


def record(properties: Mapping[str, Schema], needed: Iterable[str] | None = None) -> Schema:
    """An object with these keys and no other; all of them are needed, or only some."""
    needed = list(properties if needed is None else needed)
    required = {"required": needed} if needed else {}
    return {"type": "object", "properties": dict(properties), **required, "additionalProperties": False}


def table(values: Schema) -> Schema:
    """An object with any keys."""
    return {"type": "object", "additionalProperties": values}


def reference(name: str) -> Schema:
    """What the document defines under a name."""
    return {"$ref": f"#/$defs/{name}"}


def document(title: str, schema: Schema, definitions: Mapping[str, Schema] | None = None) -> Schema:
    """A schema with its title, and what is defined for it."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **schema, **({"$defs": dict(definitions)} if definitions else {})}


def output(
    title: str, version: int, properties: Mapping[str, Schema], definitions: Mapping[str, Schema] | None = None
) -> Schema:
    """The schema of an object that has its version first."""
    return document(title, record({"schema_version": constant(version), **properties}), definitions)
