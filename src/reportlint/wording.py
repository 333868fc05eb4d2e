"""The standard text of a report in a form, as packs bring it in TOML files.

Sentences stand here, and how tables are printed; labels are the grammar's and are spoken of by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reportlint.errors import ConfigError, PackError
from reportlint.toml import read_resource
from reportlint.vocabulary import LIST_OF_STRINGS, is_strings, nearest

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("organisation", "year")
_WORDING_KEYS = ("form", "like", "title", "preface", "sections", "phrases", "tables", "remark")
_PARAGRAPH_KEYS = ("text", "organisation", "since", "until")
_DRAWING_KEYS = ("section", "corner", "head", "above")


class Paragraph(NamedTuple):
    """A paragraph of standard text, and whose reports it belongs in."""

    text: str
    organisation: str | None = None
    """A pattern for the whole name; None for every organisation."""
    years: tuple[int, int | None] = (0, None)

    def fits(self, organisation: str | None, year: int | None) -> bool:
        """Whether it belongs in the report of an organisation for a year; what is not known fits no condition."""
        first, last = self.years
        if self.years != (0, None) and (year is None or year < first or (last is not None and year > last)):
            return False
        return self.organisation is None or bool(organisation and re.fullmatch(self.organisation, organisation))


class Drawing(NamedTuple):
    """How a table is printed, beyond what the form says of it: in which section, and where labels over rows stand."""

    section: str
    corner: str | None = None
    """The label above the rows' own labels."""
    head: str | None = None
    """The label over all columns."""
    above: tuple[str, ...] = ()
    """Labels over rows that have a line of their own above them, with the heads printed anew; others stand beside."""


class Wording(NamedTuple):
    """What one pack says of a form, or what several come to."""

    form: str
    like: str | None = None
    """The form whose standard text is this one's where it says nothing else."""
    title: str = ""
    preface: tuple[Paragraph, ...] = ()
    sections: Mapping[str, tuple[Paragraph, ...]] = {}
    phrases: Mapping[str, tuple[Paragraph, ...]] = {}
    """Further set sentences by section, for whoever writes one; no part of a new report."""
    tables: Mapping[str, Drawing] = {}
    remark: str = ""
    """What is left to do in a new report, for whoever asked for it."""

    def upon(self, base: Wording) -> Wording:
        """This with what it does not say from another: its title, its preface, each section, each table."""
        return Wording(
            self.form,
            self.like,
            self.title or base.title,
            self.preface or base.preface,
            {**base.sections, **self.sections},
            {**base.phrases, **self.phrases},
            {**base.tables, **self.tables},
            self.remark or base.remark,
        )


def filled(text: str, organisation: str | None, year: int | None) -> str | None:
    """A standard text with the organisation and the year in it; None where it needs one that is not known."""
    values = {"organisation": organisation, "year": None if year is None else str(year)}
    if any(values[name] is None for name in _PLACEHOLDER.findall(text)):
        return None
    return _PLACEHOLDER.sub(lambda match: values[match[1]] or "", text)


def merged(form: str, packs: Iterable[Iterable[Wording]]) -> Wording | None:
    """What packs come to for a form, the later over the earlier; None where none of them says anything of it."""
    brought = [list(wordings) for wordings in packs]
    by_form = {wording.form: wording.like for wordings in reversed(brought) for wording in wordings if wording.like}
    chain = [form]
    while chain[0] in by_form and by_form[chain[0]] not in chain:
        chain.insert(0, by_form[chain[0]])
    found = None
    for wordings in brought:
        for name in chain:
            for wording in wordings:
                if wording.form == name:
                    found = wording if found is None else wording.upon(found)
    return found


def load_wordings(package: str, file: str) -> tuple[Wording, ...]:
    """The standard texts in a file of a pack; PackError says what is wrong with it."""
    place = f"{package}/{file}"
    try:
        document = read_resource(package, file)
    except OSError as error:
        raise PackError(f"读不到 {place}：{error}") from error
    except ConfigError as error:
        raise PackError(str(error)) from error
    _known(document, ("wording",), place)
    entries = document.get("wording", [])
    if not isinstance(entries, list):
        raise PackError(f"{place}：wording 应写作 [[wording]]")
    return tuple(_wording(entry, f"{place}：第 {number} 个 [[wording]]") for number, entry in enumerate(entries, 1))


def _wording(entry: Any, place: str) -> Wording:  # noqa: ANN401 - whatever TOML has
    _known(entry, _WORDING_KEYS, place)
    form = _string(entry, "form", place)
    if not form:
        raise PackError(f"{place} 缺少 form")
    title = _string(entry, "title", place) or ""
    _check_placeholders(title, f"{place} 的 title")
    return Wording(
        form,
        _string(entry, "like", place),
        title,
        _paragraphs(entry.get("preface", []), f"{place} 的 preface"),
        {name: _paragraphs(each, f"{place} 的 sections.{name}") for name, each in _table(entry, "sections", place)},
        {name: _paragraphs(each, f"{place} 的 phrases.{name}") for name, each in _table(entry, "phrases", place)},
        {name: _drawing(each, f"{place} 的 tables.{name}") for name, each in _table(entry, "tables", place)},
        _string(entry, "remark", place) or "",
    )


def _paragraphs(entries: Any, place: str) -> tuple[Paragraph, ...]:  # noqa: ANN401 - whatever TOML has
    if not isinstance(entries, list):
        raise PackError(f"{place} 应为列表")
    return tuple(_paragraph({"text": each} if isinstance(each, str) else each, place) for each in entries)


def _paragraph(entry: Any, place: str) -> Paragraph:  # noqa: ANN401 - whatever TOML has
    _known(entry, _PARAGRAPH_KEYS, place)
    text, organisation = _string(entry, "text", place), _string(entry, "organisation", place)
    if not text or "\n" in text:
        raise PackError(f"{place} 的每一段应有 text，一段一行")
    _check_placeholders(text, place)
    if organisation is not None:
        try:
            re.compile(organisation)
        except re.error as error:
            raise PackError(f"{place} 的 organisation 不是正则表达式：{error}") from error
    for key in ("since", "until"):
        if key in entry and type(entry[key]) is not int:
            raise PackError(f"{place} 的 {key} 应为年度（整数）")
    return Paragraph(text, organisation, (entry.get("since", 0), entry.get("until")))


def _drawing(entry: Any, place: str) -> Drawing:  # noqa: ANN401 - whatever TOML has
    _known(entry, _DRAWING_KEYS, place)
    section = _string(entry, "section", place)
    if not section:
        raise PackError(f"{place} 缺少 section")
    above = entry.get("above", [])
    if not is_strings(above):
        raise PackError(f"{place} 的 above 应为{LIST_OF_STRINGS}")
    return Drawing(section, _string(entry, "corner", place), _string(entry, "head", place), tuple(above))


def _known(entry: Any, keys: Iterable[str], place: str) -> None:  # noqa: ANN401 - whatever TOML has
    if not isinstance(entry, dict):
        raise PackError(f"{place} 应为表")
    for key in entry:
        if key not in keys:
            raise PackError(f"{place} 没有键 {key}{nearest(key, keys)}")


def _string(entry: Mapping[str, Any], key: str, place: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise PackError(f"{place} 的 {key} 应为字符串")
    return value


def _table(entry: Mapping[str, Any], key: str, place: str) -> Iterable[tuple[str, Any]]:
    value = entry.get(key, {})
    if not isinstance(value, dict):
        raise PackError(f"{place} 的 {key} 应为表")
    return value.items()


def _check_placeholders(text: str, place: str) -> None:
    for name in _PLACEHOLDER.findall(text):
        if name not in _PLACEHOLDERS:
            raise PackError(f"{place} 里没有可填的 {{{name}}}，只有 {{organisation}} 和 {{year}}")
