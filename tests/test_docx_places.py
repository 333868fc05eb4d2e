"""The reader of Word documents: where each character stood."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Source, Span
from reportlint.readers.docx.places import FIELD, FORMULA, NOTHING, SIGN, TEXT, Stretch
from reportlint.source import Location

from .sources import from_bytes
from .words import (
    W,
    Xml,
    alternate,
    cell,
    control,
    deleted,
    docx,
    field,
    inserted,
    math,
    note_mark,
    notes,
    p,
    r,
    simple_field,
    table,
    text_box,
    unpacked,
)


def where(made: Source, words: str, end: str = "") -> Location:
    start = made.text.index(words)
    last = made.text.index(end, start) + len(end) if end else start + len(words)
    location = made.location(Span(start, last))
    assert location is not None
    return location


def mark(made: Source, words: str) -> tuple[Stretch, int]:
    assert made.origin is not None
    found, offset = made.origin.mark(made.text.index(words))  # type: ignore[attr-defined]
    return found, offset


def source(*content: str, **parts: str) -> Source:
    return from_bytes(docx(*content, **parts), "年报.docx")


# In words


def test_paragraphs_are_counted_from_the_title() -> None:
    made = source(p("题目"), p(), table(["甲", "1"]), *[p(f"第{number}行") for number in range(2, 13)], p("完"))
    assert where(made, "题目") == Location("第一段", "p[1]", (("paragraph", 1),))
    assert where(made, "第12行").words == "第十二段"
    assert where(made, "第3行", "第5行").words == "第三段至第五段"
    assert where(made, "题目", "完").words == "第一段至第十三段"
    assert not made.has_lines


TABLE = table(
    [cell("办理结果", span=2), "自然人", "总计"],
    ["一、新收", cell("", span=1), "3", "4"],
    [cell("三、结果", down="restart"), "1.属于国家秘密", "", "2"],
    [cell(down="bare"), "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "5", "6"],
    ["只有一格", "", "", "8"],
    ["", "", "9", "10"],
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("办理结果", "表二 第1行 “办理结果”"),
        ("自然人", "表二 第1行 “自然人”"),
        ("一、新收", "表二 第2行 “一、新收”"),
        ("4", "表二 第2行第4列 “一、新收”"),
        ("三、结果", "表二 第3行 “三、结果”"),
        ("5", "表二 第4行第3列 “2.申请人逾期未按收费通知要求缴纳费用、…”"),
        ("8", "表二 第5行 “只有一格”"),
        ("9", "表二 第6行第3列"),
    ],
)
def test_cells(words: str, expected: str) -> None:
    made = source(table(["前", "0"]), TABLE)
    assert where(made, words).words == expected


def test_stretches_over_cells() -> None:
    made = source(p("前"), TABLE, table(["后", "11"]), p("完"))
    assert where(made, "3", "4").words == "表一 第2行 “一、新收”"
    assert where(made, "3", "6").words == "表一 第2行至第4行"
    assert where(made, "3", "后").words == "表一 第2行"
    assert where(made, "前", "3").words == "第一段"
    assert where(made, "3", "完").words == "表一 第2行"


def test_a_cell_for_programs() -> None:
    made = source(TABLE)
    assert where(made, "6") == Location(
        "表一 第4行第4列 “2.申请人逾期未按收费通知要求缴纳费用、…”",
        "table[1]/row[4]/cell[4]",
        (("table", 1), ("row", 4), ("cell", 4), ("column", 4)),
    )
    assert where(made, "总计").parts == (("table", 1), ("row", 1), ("cell", 3), ("column", 4))


def test_an_empty_cell_has_a_place() -> None:
    made = source(table(["甲", "", "1"], ["乙", "2", ""]))
    assert made.text == "甲\t\t1\n乙\t2\t\n"
    location = made.location(Span(2, 2))
    assert location is not None
    assert location.words == "表一 第1行第2列 “甲”"
    last = made.location(Span(9, 9))
    assert last is not None
    assert last.path == "table[1]/row[2]/cell[3]"


def test_notes() -> None:
    made = source(p("甲", note_mark(1)), p("乙"), endnotes="", footnotes=notes("footnote", (1, "注")))
    assert where(made, "注") == Location("脚注 1", "footnote[1]", (("footnote", 1),))
    assert where(made, "乙").words == "第二段"
    assert where(made, "甲", "注").words == "第一段"


# For what writes into the file


def element(data: bytes, stretch: Stretch) -> ElementTree.Element:
    """What a stretch is of, found in the file as the module tells."""
    root = ElementTree.fromstring(unpacked(data)[stretch.paragraph.part])
    run = list(root.iter(f"{{{W}}}r"))[stretch.run]
    assert run in list(list(root.iter(f"{{{W}}}p"))[stretch.paragraph.index].iter())
    return run[stretch.child]


def test_a_stretch_names_its_element() -> None:
    box = text_box(p(r("盒", bold=True)))
    content = (
        p("甲", deleted("删"), inserted("乙"), r("丙", bold=True), control("丁"), box, r("戊\t己\n庚")),
        table([cell(p("子"), p("丑")), cell(p(r(alternate("<w:t>寅</w:t>", "<w:t>x</w:t>"))))]),
        p("脚", note_mark(4)),
    )
    data = docx(*content, footnotes=notes("footnote", (4, p("注", "释"))))
    made = from_bytes(data, "年报.docx")
    for character in "甲乙丙丁盒戊己庚子丑脚注释":
        stretch, offset = mark(made, character)
        assert stretch.kind == TEXT
        assert (element(data, stretch).text or "")[offset] == character
    assert mark(made, "注")[0].paragraph.part == "word/footnotes.xml"


@settings(deadline=None)
@given(st.lists(st.lists(st.text("甲乙 \u3000\xa0ab1", max_size=4), max_size=4), max_size=4))
def test_every_character_of_a_text_is_in_its_element(paragraphs: list[list[str]]) -> None:
    data = docx(*(p(*runs) for runs in paragraphs), table([cell(p(*runs)) for runs in paragraphs] or ["1"]))
    made = from_bytes(data, "年报.docx")
    assert made.origin is not None
    cache: dict[Stretch, str] = {}
    for offset, character in enumerate(made.text):
        if character in "\t\n":
            continue
        stretch, into = made.origin.mark(offset)  # type: ignore[attr-defined]
        assert stretch.kind == TEXT
        found = cache.setdefault(stretch, element(data, stretch).text or "")[into]
        assert found == character


def test_kinds_of_stretches() -> None:
    made = source(
        p("甲", field("PAGE", "3"), simple_field("DATE", "2024"), field(' HYPERLINK "a"', "链"), math("x=y")),
        p(r("乙", Xml("<w:noBreakHyphen/>"), "丙")),
        table(["丁", ""]),
    )
    assert mark(made, "3")[0].kind == FIELD
    assert mark(made, "2024")[0].kind == FIELD
    assert mark(made, "链")[0].kind == TEXT
    assert mark(made, "x=y")[0][1:] == (-1, -1, FORMULA)
    assert mark(made, "-")[0].kind == SIGN
    assert made.origin is not None
    assert made.origin.mark(len(made.text) - 1)[0].kind == NOTHING  # type: ignore[attr-defined]


def test_where_white_space_was_taken_off_offsets_still_fit() -> None:
    data = docx(p(Xml("<w:r><w:t>   甲</w:t></w:r>")), p(r("  乙  丙")), table([cell(p(r("  丁   戊 ")))]))
    made = from_bytes(data, "年报.docx")
    for character in "甲乙丙丁戊":
        stretch, offset = mark(made, character)
        assert (element(data, stretch).text or "")[offset] == character


def test_a_space_that_stands_for_the_end_of_a_line_is_behind_the_text() -> None:
    """It is no character of any run, so that no edit can mean one."""
    made = source(table([cell(p("甲乙"), p("丙")), "1"]))
    assert made.text == "甲乙 丙\t1\n"
    assert made.origin is not None
    stretch, offset = made.origin.mark(2)  # type: ignore[attr-defined]
    assert (stretch, offset) == (mark(made, "甲")[0], 2)
