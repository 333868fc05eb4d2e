"""Published schemas, and whether a document and its schema are for each other."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema

from reportlint import schema

Json = dict[str, Any]
Path = tuple[str | int, ...]


def published(name: str) -> jsonschema.Draft202012Validator:
    """By the schema of that name as it is kept."""
    return validator(json.loads(schema.published(name)))


def validator(document: Json) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())


def plain(value: Any) -> Any:  # noqa: ANN401 - a document
    """A document of TOML as editors check it: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def objects(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - a document
    """The paths to every object in a document."""
    if isinstance(value, dict):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from objects(each, (*path, key))


def at(value: Any, path: Path) -> Any:  # noqa: ANN401 - a document
    for key in path:
        value = value[key]
    return value


def refuses_changes(
    by: jsonschema.Draft202012Validator, whole: Json, free: Callable[[Path], bool] = lambda _: False
) -> int:
    """Whether a schema refuses every key more, every key less and every other value, wherever in a document; how many
    it was tried on. The keys of objects that are `free` may be any."""
    tried = 0
    by.validate(whole)
    for path in objects(whole):
        if free(path):
            continue
        more = copy.deepcopy(whole)
        at(more, path)["more"] = 1
        assert not by.is_valid(more), path
        for key in at(whole, path):
            less, other = copy.deepcopy(whole), copy.deepcopy(whole)
            del at(less, path)[key]
            assert not by.is_valid(less), (path, key)
            for value in ([1.5], 1.5):
                at(other, path)[key] = value
                # A figure need not be whole.
                assert not by.is_valid(other) or (value == 1.5 and key == "value"), (path, key)
            tried += 1
    return tried


def unused(by: jsonschema.Draft202012Validator, *documents: Any) -> list[str]:  # noqa: ANN401 - documents
    """What a schema describes and none of the documents has: keys, items, kinds of values, words of a list."""
    referred: dict[str, list[Any]] = {}
    left = list(_unused(by.schema, by, list(documents), "", referred))
    for name, shape in by.schema.get("$defs", {}).items():
        left += _unused(shape, by, referred.pop(name, []), f"{name}:", referred)
    # What is defined refers to what is defined behind it only.
    assert not referred
    return left


def _unused(
    shape: Json, by: jsonschema.Draft202012Validator, values: list[Any], where: str, referred: dict[str, list[Any]]
) -> Iterator[str]:
    if not values:
        yield where
    elif "$ref" in shape:
        referred.setdefault(shape["$ref"].rpartition("/")[2], []).extend(values)
    else:
        yield from (f"{where}={word}" for word in shape.get("enum", ()) if word not in values)
        if isinstance(shape.get("type"), list) and None not in values:
            yield f"{where}=null"
        for place, each, reached in _parts(shape, by, values):
            yield from _unused(each, by, reached, f"{where}{place}", referred)


def _parts(
    shape: Json, by: jsonschema.Draft202012Validator, values: list[Any]
) -> Iterator[tuple[str, Json, list[Any]]]:
    """The schemas in a schema, with where they stand, and the values that come to them."""
    for number, each in enumerate(shape.get("oneOf", shape.get("anyOf", ()))):
        yield f"|{number}", each, [value for value in values if by.evolve(schema=each).is_valid(value)]
    tables = [value for value in values if isinstance(value, dict)]
    for key, each in shape.get("properties", {}).items():
        yield f"/{key}", each, [value[key] for value in tables if key in value]
    if isinstance(shape.get("additionalProperties"), dict):
        yield "/*", shape["additionalProperties"], [each for value in tables for each in value.values()]
    if "items" in shape:
        yield "[]", shape["items"], [each for value in values if isinstance(value, list) for each in value]
