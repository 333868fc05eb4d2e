"""TOML files: the configuration, presets and relations. The only module that imports tomli."""

from __future__ import annotations

from typing import Any, cast

from reportlint import cache, resources
from reportlint.errors import ConfigError, FormulaError, PackError
from reportlint.relations.relation import Alternative, Formula, Relation, Term

_RELATION_KEYS = {"name", "summary", "table", "each", "formula", "left", "right", "basis", "severity", "mandatory"}


def parse(data: bytes, place: str) -> dict[str, Any]:
    """A TOML document; ConfigError names the place that is wrong."""
    import tomli

    try:
        return tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}：不是 UTF-8 编码（第 {error.start} 字节）") from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"{place}：TOML 语法错误：{error}") from error


def read_resource(package: str, file: str) -> dict[str, Any]:
    """A TOML file of a package, from the cache where it was parsed before; OSError, ConfigError."""
    return parse_cached(resources.read(package, file), f"{package}/{file}")


def parse_cached(data: bytes, place: str) -> dict[str, Any]:
    """A TOML document as `parse` has it, from the cache where the same was parsed before."""
    texts = ("toml", data.decode("utf-8", "surrogateescape"))
    stored = cache.load(texts)
    if stored is None:
        stored = parse(data, place)
        cache.store(texts, stored)
    return cast("dict[str, Any]", stored)


def load_relations(package: str, file: str) -> tuple[tuple[Relation, str], ...]:
    """The relations of a file of a pack, each with the name of its severity; PackError says what is wrong.

    What they come to is kept in the cache: the parser of formulas takes longer to build than a
    report to check.
    """
    place = f"{package}/{file}"
    try:
        data = resources.read(package, file)
    except OSError as error:
        raise PackError(f"读不到 {place}：{error}") from error
    texts = (
        "relations",
        data.decode("utf-8", "replace"),
        resources.read("reportlint.relations", "formula.lark").decode(),
    )
    stored = cache.load(texts)
    if stored is not None:
        return tuple((_restored(fields), severity) for fields, severity in stored)
    try:
        relations = tuple(_relation(entry, place) for entry in parse(data, place)["relation"])
    except KeyError as error:
        raise PackError(f"{place}：缺少键 {error}") from error
    except (ConfigError, FormulaError) as error:
        raise PackError(f"{place}：{error}") from error
    cache.store(texts, tuple((_plain(relation), severity) for relation, severity in relations))
    return relations


def _relation(entry: dict[str, Any], place: str) -> tuple[Relation, str]:
    from reportlint.relations.formula import parse_formula

    unknown = set(entry) - _RELATION_KEYS
    if unknown:
        raise PackError(f"{place}：关系 {entry.get('name')} 有不认识的键 {'、'.join(sorted(unknown))}")
    if entry["each"] not in ("column", "row"):
        raise PackError(f"{place}：关系 {entry['name']} 的 each 应为 column 或 row，现为 {entry['each']}")
    mandatory = entry.get("mandatory", False)
    if not isinstance(mandatory, bool):
        raise PackError(f"{place}：关系 {entry['name']} 的 mandatory 应为 true 或 false")
    relation = Relation(
        entry["name"],
        entry["summary"],
        entry["table"],
        entry["each"],
        parse_formula(entry["formula"]),
        entry["left"],
        entry["right"],
        entry["basis"],
        mandatory,
    )
    return relation, entry.get("severity", "error")


def _plain(relation: Relation) -> tuple[Any, ...]:
    """A relation as built-in types, for the cache."""
    formula = relation.formula
    sides = tuple(tuple((isinstance(part, Term), *part) for part in side) for side in (formula.left, formula.right))
    plain = (formula.text, *(_built_in(side) for side in sides), formula.constant, formula.operator)
    return (*relation[:4], plain, *relation[5:])


def _built_in(value: Any) -> Any:  # noqa: ANN401 - nested tuples of strings and numbers
    return tuple(_built_in(item) for item in value) if isinstance(value, tuple) else value


def _restored(fields: tuple[Any, ...]) -> Relation:
    text, left, right, constant, operator = fields[4]
    formula = Formula(text, _side(left), _side(right), constant, operator)
    return Relation._make((*fields[:4], formula, *fields[5:]))


def _side(parts: tuple[Any, ...]) -> tuple[Term | Alternative, ...]:
    return tuple(
        Term(*rest) if single else Alternative(rest[0], tuple(tuple(Term(*term) for term in sum_) for sum_ in rest[1]))
        for single, *rest in parts
    )


def lines(text: str) -> dict[tuple[str, ...], int]:
    """The line on which each key stands first, by its path; the entries of `[[lists]]` have their number in it.

    Read off the lines, for showing where a value comes from: keys within inline tables are not looked for.
    """
    import re

    key = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
    dotted = rf"{key}(?:\s*\.\s*{key})*"
    heading = re.compile(rf"\s*(\[\[?)\s*({dotted})\s*\]")
    pair = re.compile(rf"\s*({dotted})\s*=")
    found: dict[tuple[str, ...], int] = {}
    above: tuple[str, ...] = ()
    numbers: dict[tuple[str, ...], int] = {}
    quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quotes:
            # Within a text of several lines nothing is a key.
            quotes = "" if line.count(quotes) % 2 else quotes
            continue
        started = heading.match(line) or pair.match(line)
        if started is not None:
            names = tuple(name.strip("\"'") for name in re.findall(key, started[started.lastindex or 1]))
            if started.lastindex == 2:
                above = names
                if started[1] == "[[":
                    numbers[names] = numbers.get(names, -1) + 1
                    above = (*names, str(numbers[names]))
                found.setdefault(above, number)
            else:
                found.setdefault((*above, *names), number)
        quotes = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")
    return found


def written(value: Any) -> str:  # noqa: ANN401 - whatever TOML has
    """A value as it would stand in a TOML file."""
    import json

    return json.dumps(value, ensure_ascii=False, default=str)
