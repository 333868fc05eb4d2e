"""A new report: the standard text of its form for an organisation and a year, and 0 in every cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportlint import drawing
from reportlint.drawing import LAYOUTS, Line
from reportlint.errors import PackError, ReportlintError
from reportlint.grammar import Grammar
from reportlint.grammar.labels import fold
from reportlint.linter import Linter
from reportlint.model import Form
from reportlint.source import Source
from reportlint.vocabulary import nearest
from reportlint.wording import Paragraph, Wording, filled, merged

MARKS = {"tab": ("", ""), "pipe": ("# ", "## ")}
"""What stands before the title and the headings of sections."""
TITLE, HEADING, PARAGRAPH, TABLE = "title", "heading", "paragraph", "table"
"""The kinds of parts."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that nobody sees: controls, halves of characters, ends of lines."""
_LONGEST_SHOWN = 20
_YEARS = range(1000, 10_000)


class Part(NamedTuple):
    """A paragraph of a report, or a table."""

    kind: str
    text: str = ""
    table: tuple[Line, ...] = ()


def blank(linter: Linter, organisation: str, year: int, form: str | None = None, layout: str = LAYOUTS[0]) -> str:
    """A zero-filled report for an organisation and a year, in a form in use that is for that year.

    ReportlintError where there is no such form or no standard text of it, and for a name that cannot stand in a title.
    """
    if layout not in LAYOUTS:
        raise ReportlintError(f"没有版式 {layout}：可用 {'、'.join(LAYOUTS)}")
    name = _name(organisation)
    chosen, wording = _worded(linter, year, form)
    text = _text(_composed(chosen, wording, name, year), layout)
    _read_back(linter, text, chosen, name, year)
    return text


def parts(linter: Linter, organisation: str, year: int, form: str | None = None) -> list[Part]:
    """The same report by its parts, for whoever sets it in another way."""
    name = _name(organisation)
    chosen, wording = _worded(linter, year, form)
    made = _composed(chosen, wording, name, year)
    _read_back(linter, _text(made, LAYOUTS[0]), chosen, name, year)
    return made


def remark(linter: Linter, year: int, form: str | None = None) -> str:
    """What is left to do in a new report, by the standard text of its form."""
    return _worded(linter, year, form)[1].remark


def title(linter: Linter, organisation: str, year: int) -> str:
    """The title of a new report; the organisation may be none yet."""
    return filled(_worded(linter, year, None)[1].title, organisation, year) or ""


def _worded(linter: Linter, year: int, name: str | None) -> tuple[Form, Wording]:
    if not _YEARS.start <= year < _YEARS.stop:
        raise ReportlintError("年度应为四位数")
    known = {each: linter.packs.grammars[each] for each in linter.settings.forms}
    if name is not None and name not in known:
        raise ReportlintError(f"没有选用格式 {name}{nearest(name, known)}，选用的是 {_listed(known.values())}")
    asked = list(known.values()) if name is None else [known[name]]
    covering = [grammar for grammar in asked if grammar.covers(year)]
    if not covering:
        words = f"选用的格式都不用于 {year} 年度" if name is None else f"格式 {name} 不用于 {year} 年度"
        raise ReportlintError(f"{words}：{_listed(asked)}")
    for grammar in covering:
        wording = wording_for(linter, grammar.form)
        if wording is not None:
            return grammar.form, wording
    others = [grammar for grammar in known.values() if _brought(linter, grammar.name) is not None]
    rest = f"有的是 {_listed(others)}" if others else "别的格式也没有"
    names = "、".join(grammar.name for grammar in covering)
    raise ReportlintError(f"{year} 年度的格式 {names} 没有标准文字，写不出报告；{rest}")


def wording_for(linter: Linter, form: Form) -> Wording | None:
    """The standard text of a form by the packs in use; None where they have none. PackError for one that is amiss."""
    wording = _brought(linter, form.name)
    if wording is None:
        return None
    place = f"{form.name} 的标准文字"
    for names, known, what in (
        ((*wording.sections, *wording.phrases), form.sections, "部分"),
        ((each.section for each in wording.tables.values()), form.sections, "部分"),
        (wording.tables, form.tables, "表格"),
        (form.tables, wording.tables, "表格"),
    ):
        for name in names:
            if name not in known:
                raise PackError(f"{place}：没有{what} {name}{nearest(name, known)}")
    if not wording.title:
        raise PackError(f"{place}：缺少 title")
    return wording


def paragraphs(among: Sequence[Paragraph], organisation: str | None, year: int | None) -> list[str]:
    """The paragraphs that belong in the report of an organisation for a year, filled in."""
    fitting = (filled(each.text, organisation, year) for each in among if each.fits(organisation, year))
    return [text for text in fitting if text is not None]


def _brought(linter: Linter, form: str) -> Wording | None:
    """What the packs in use come to: those that apply by default, then those that have a rule that runs."""
    packs = linter.packs
    default = [packs.preset_packs[name] for name, preset in packs.presets.items() if preset.default]
    running = {rule.partition("/")[0] for rule in linter.settings.rules}
    names = dict.fromkeys([*default, *(name for name in packs.names if name in running)])
    return merged(form, (packs.wordings.get(name, ()) for name in names))


def _name(organisation: str) -> str:
    """A name as it may stand in a line; ReportlintError for one that may not."""
    name = organisation.strip()
    if not name:
        raise ReportlintError("没有写单位名称")
    unseen = next((character for character in name if unicodedata.category(character) in _UNSEEN), None)
    if unseen is not None:
        raise ReportlintError(f"单位名称里有看不见的字符（U+{ord(unseen):04X}，第 {name.index(unseen) + 1} 字）")
    return name


def _composed(form: Form, wording: Wording, organisation: str, year: int) -> list[Part]:
    def stated(among: Sequence[Paragraph]) -> list[Part]:
        return [Part(PARAGRAPH, text) for text in paragraphs(among, organisation, year)]

    made = [Part(TITLE, filled(wording.title, organisation, year) or ""), *stated(wording.preface)]
    for section in form.sections:
        made.append(Part(HEADING, form.label(section)))
        made += stated(wording.sections.get(section, ()))
        made += (
            Part(TABLE, table=drawing.lines(form, name, wording.tables[name]))
            for name in form.tables
            if wording.tables[name].section == section
        )
    return made


def _text(made: Iterable[Part], layout: str) -> str:
    """A report as text, with an empty line behind each part."""
    marks = dict(zip((TITLE, HEADING), MARKS[layout], strict=True))
    written = (
        "\n".join(drawing.written(part.table, layout)) if part.table else f"{marks.get(part.kind, '')}{part.text}"
        for part in made
    )
    return "\n\n".join(written) + "\n"


def _read_back(linter: Linter, text: str, form: Form, organisation: str, year: int) -> None:
    """ReportlintError where the title does not say whose report it is once it is read again."""
    report = linter.read(Source(text))
    if report.organisation == fold(organisation) and report.year == year and report.form.name == form.name:
        return
    read = (
        f"读出来是“{report.organisation}”"
        if report.organisation and len(organisation) <= _LONGEST_SHOWN
        else "读不出来"
    )
    raise ReportlintError(
        f"单位名称“{_shortened(organisation)}”写进标题后{read}：名称太长，或者有标题里不能有的标点、数字、词语"
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}……"


def _listed(grammars: Iterable[Grammar]) -> str:
    """Forms with the report years that they are for."""
    return "、".join(f"{grammar.name}（{_years(grammar.years)}）" for grammar in grammars) or "没有"


def _years(years: tuple[int, int | None]) -> str:
    first, last = years
    return f"{first} 年度起" if last is None else f"{first}—{last} 年度"
