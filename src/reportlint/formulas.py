"""The relations that a pack writes as formulas in a TOML file."""

from __future__ import annotations

from typing import Any

from reportlint import cache, resources
from reportlint.errors import ConfigError, FormulaError, PackError
from reportlint.relations.relation import Alternative, Formula, Relation, Term
from reportlint.toml import parse

_RELATION_KEYS = {"name", "summary", "table", "each", "formula", "left", "right", "basis", "severity"}


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


def _relation(entry: dict[str, str], place: str) -> tuple[Relation, str]:
    from reportlint.relations.formula import parse_formula

    unknown = set(entry) - _RELATION_KEYS
    if unknown:
        raise PackError(f"{place}：关系 {entry.get('name')} 有不认识的键 {'、'.join(sorted(unknown))}")
    if entry["each"] not in ("column", "row"):
        raise PackError(f"{place}：关系 {entry['name']} 的 each 应为 column 或 row，现为 {entry['each']}")
    relation = Relation(
        entry["name"],
        entry["summary"],
        entry["table"],
        entry["each"],
        parse_formula(entry["formula"]),
        entry["left"],
        entry["right"],
        entry["basis"],
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
