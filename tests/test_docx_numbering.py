"""The reader of Word documents: automatic numbering, which is printed and not in the text."""

from __future__ import annotations

import pytest

from reportlint import Span
from reportlint.readers.docx.places import NUMBER
from reportlint.readers.numerals import numeral

from .sources import from_bytes
from .words import Xml, cell, docx, field, level, numbers, outline, p, r, style, table

COUNTED = level(0, "chineseCounting", "%1、")
BRACKETS = level(1, "chineseCountingThousand", "（%2）")
DIGITS = level(2, "decimal", "%3.")


def lines(*content: str, numbering: str, styles: str = "") -> list[str]:
    return from_bytes(docx(*content, numbering=numbering, styles=styles), "年报.docx").text.split("\n\n")


def told(*content: str, numbering: str, styles: str = "") -> str:
    """The first characters of the paragraphs, one each for what they are called."""
    return " ".join(each.strip() for each in lines(*content, numbering=numbering, styles=styles))


def item(list_id: int, depth: int = 0, words: str = "x") -> Xml:
    return p(words, number=(list_id, depth))


def test_numbers_stand_before_the_text() -> None:
    numbering = outline(0, COUNTED, BRACKETS, DIGITS) + numbers(1, 0)
    items = [item(1), item(1, 1), item(1, 2), item(1, 2), item(1, 1), p("正文"), item(1), item(1, 1)]
    assert told(*items, numbering=numbering) == "一、x （一）x 1.x 2.x （二）x 正文 二、x （一）x"


@pytest.mark.parametrize(
    ("form", "count", "expected"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 103, "一○三"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1003, "一千零三"),
        ("japaneseCounting", 19, "十九"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircleChinese", 1, "①"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 20, "⒇"),
        ("decimalEnclosedFullstop", 1, "⒈"),
        ("lowerLetter", 2, "b"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 234, "zzzzzzzzz"),
        ("lowerLetter", 235, "235"),
        ("lowerLetter", 0, "0"),
        ("upperRoman", 0, "0"),
        ("decimalEnclosedParen", 21, "21"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 35, "㉟"),
        ("decimalEnclosedCircle", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("ideographEnclosedCircle", 10, "㊉"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 100, "一○○"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 9999, "九千九百九十九"),
        ("chineseCountingThousand", 10000, "10000"),
        ("chineseLegalSimplified", 10, "壹拾"),
        ("ideographLegalTraditional", 30, "參拾"),
        ("numberInDash", 3, "- 3 -"),
        ("lowerRoman", 9, "ix"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("chineseCounting", 0, "零"),
        ("none", 5, ""),
        ("hebrew1", 5, None),
    ],
)
def test_forms_of_numbers(form: str, count: int, expected: str | None) -> None:
    assert numeral(count, form) == expected


def test_a_number_of_an_unknown_form_is_in_doubt() -> None:
    numbering = outline(0, level(0, "hebrew1", "%1.")) + numbers(1, 0)
    made = from_bytes(docx(item(1), item(1), numbering=numbering), "a.docx")
    assert made.text == "1.x\n\n2.x\n"
    assert [made.slice(doubt.span) for doubt in made.doubts] == ["1.x", "2.x"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("第%1章", "第一章x"),
        ("（%1）", "（一）x"),
        ("%1", "一x"),
        ("", "x"),
        ("%2", "x"),
        ("100%", "100%x"),
        ("步骤1", "步骤1 x"),
    ],
)
def test_words_around_numbers(words: str, expected: str) -> None:
    assert told(item(1), numbering=outline(0, level(0, "chineseCounting", words)) + numbers(1, 0)) == expected


def test_a_bare_digit_does_not_run_into_the_text() -> None:
    assert told(item(1, words="2024年"), numbering=outline(0, level(0, "decimal", "%1")) + numbers(1, 0)) == "1 2024年"


def test_numbers_of_levels_above() -> None:
    deep = (level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2"))
    legal = (level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", props="<w:isLgl/>"))
    items = [item(1), item(1, 1), item(1, 1), item(1), item(1, 1)]
    assert told(*items, numbering=outline(0, *deep) + numbers(1, 0)) == "一、x 一.1 x 一.2 x 二、x 二.1 x"
    assert told(*items, numbering=outline(0, *legal) + numbers(1, 0)) == "一、x 1.1 x 1.2 x 二、x 2.1 x"


def test_a_level_above_that_was_not_used_shows_its_start() -> None:
    levels = (level(0, "decimal", "%1.", start=4), level(1, "decimal", "%1.%2."))
    assert told(item(1, 1), numbering=outline(0, *levels) + numbers(1, 0)) == "4.1.x"


def test_bullets_are_no_text() -> None:
    numbering = outline(0, level(0, "bullet", "\uf06c"), level(1, "none", "")) + numbers(1, 0)
    assert told(item(1), item(1, 1), numbering=numbering) == "x x"


# Where counting begins anew


def test_starts() -> None:
    assert (
        told(item(1), item(1), numbering=outline(0, level(0, "decimal", "%1.", start=3)) + numbers(1, 0)) == "3.x 4.x"
    )


def test_lists_of_one_definition_go_on_counting() -> None:
    numbering = outline(0, level(0, "decimal", "%1.")) + numbers(1, 0) + numbers(2, 0)
    assert told(item(1), item(2), item(1), numbering=numbering) == "1.x 2.x 3.x"


def test_a_list_that_overrides_the_start_begins_anew_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = outline(0, level(0, "decimal", "%1.")) + numbers(1, 0) + numbers(2, 0, override)
    assert told(item(1), item(1), item(2), item(2), item(1), numbering=numbering) == "1.x 2.x 1.x 2.x 3.x"


def test_a_list_that_overrides_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=2)}</w:lvlOverride>'
    numbering = outline(0, level(0, "decimal", "%1.")) + numbers(1, 0) + numbers(2, 0, override)
    assert told(item(1), item(2), item(2), numbering=numbering) == "1.x B)x C)x"


@pytest.mark.parametrize(("restart", "last"), [("0", "3.x"), ("1", "1.x"), ("2", "1.x")])
def test_behind_which_level_a_level_begins_anew(restart: str, last: str) -> None:
    third = level(2, "decimal", "%3.", props=f'<w:lvlRestart w:val="{restart}"/>')
    numbering = outline(0, COUNTED, BRACKETS, third) + numbers(1, 0)
    items = [item(1), item(1, 1), item(1, 2), item(1, 2), item(1), item(1, 2)]
    assert told(*items, numbering=numbering).split()[-1] == last


def test_a_level_that_goes_on_behind_the_one_above() -> None:
    third = level(2, "decimal", "%3.", props='<w:lvlRestart w:val="1"/>')
    numbering = outline(0, COUNTED, BRACKETS, third) + numbers(1, 0)
    items = [item(1), item(1, 1), item(1, 2), item(1, 1), item(1, 2), item(1), item(1, 2)]
    assert told(*items, numbering=numbering) == "一、x （一）x 1.x （二）x 2.x 二、x 1.x"


# Which list


def test_a_style_brings_a_list() -> None:
    linked = (
        level(0, "chineseCounting", "%1、", style="Heading1"),
        level(1, "chineseCounting", "（%2）", style="Heading2"),
    )
    styles = (
        style("Heading1", props='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("Heading2", props='<w:numPr><w:ilvl w:val="7"/><w:numId w:val="1"/></w:numPr>')
        + style("Mine", based_on="Heading1")
        + style("Plain", based_on="Heading1", props='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    items = [p("x", style=name) for name in ("Heading1", "Heading2", "Mine", "Heading2", "Plain", "Heading1")]
    numbering = outline(0, *linked) + numbers(1, 0)
    assert told(*items, numbering=numbering, styles=styles) == "一、x （一）x 二、x （一）x x 三、x"


def test_a_style_may_change_the_level_of_the_one_that_it_is_based_on() -> None:
    styles = (
        style("Base", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + style("Sub", based_on="Base", props='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + style("Leaf", based_on="Sub")
    )
    items = [p("x", style="Base"), p("x", style="Sub"), p("x", style="Leaf")]
    assert (
        told(*items, numbering=outline(0, COUNTED, BRACKETS) + numbers(1, 0), styles=styles) == "一、x （一）x （二）x"
    )


def test_a_paragraph_may_take_its_number_away_or_change_its_level() -> None:
    styles = style("Heading1", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    numbering = outline(0, COUNTED, BRACKETS) + numbers(1, 0)
    items = [
        p("x", style="Heading1"),
        p("y", style="Heading1", number=(0, 0)),
        p("z", style="Heading1", props='<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
    ]
    assert told(*items, numbering=numbering, styles=styles) == "一、x y （一）z"


def test_the_style_of_paragraphs_that_name_none() -> None:
    default = Xml(
        style("Normal", props='<w:numPr><w:numId w:val="1"/></w:numPr>').replace("<w:style ", '<w:style w:default="1" ')
    )
    assert told(p("x"), p("y"), numbering=outline(0, COUNTED) + numbers(1, 0), styles=default) == "一、x 二、y"


def test_a_list_by_way_of_a_style_of_lists() -> None:
    numbering = (
        outline(0, props='<w:numStyleLink w:val="Report"/>')
        + outline(1, COUNTED, props='<w:styleLink w:val="Report"/>')
        + numbers(1, 0)
        + numbers(2, 1)
    )
    styles = style("Report", "numbering", props='<w:numPr><w:numId w:val="2"/></w:numPr>')
    assert told(item(1), item(1), numbering=numbering, styles=styles) == "一、x 二、x"


@pytest.mark.parametrize(
    "numbering",
    [
        outline(0, props='<w:numStyleLink w:val="A"/>') + numbers(1, 0),
        numbers(1, 9),
        outline(0) + numbers(1, 0),
        outline(0, level(0, "decimal", "%1.").replace('w:ilvl="0"', 'w:ilvl="many"')) + numbers(1, 0),
        '<w:num w:numId="1"/>',
        "<w:num/><w:abstractNum/>",
        outline(0, "<w:lvl/>") + numbers(1, 0),
    ],
)
def test_lists_that_mean_nothing(numbering: str) -> None:
    styles = style("A", "numbering", props='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert told(item(1), item(5), numbering=numbering, styles=styles) == "x x"


def test_absurd_numbers_stay_short() -> None:
    absurd = level(0, "upperRoman", "%1" * 1_000, start=10**9)
    made = lines(item(1), item(1), numbering=outline(0, absurd) + numbers(1, 0))
    assert all(len(line) < 100 for line in made)
    assert told(p("x", number=(1, 10**9)), numbering=outline(0, level(8, "decimal", "%9.")) + numbers(1, 0)) == "1.x"


# What counts


def test_what_is_not_there_does_not_count() -> None:
    numbering = outline(0, COUNTED) + numbers(1, 0)
    gone = p("甲", number=(1, 0), mark="<w:del/>")
    assert told(item(1), gone, item(1, words="乙"), item(1), numbering=numbering) == "一、x 二、甲乙 三、x"


def test_an_empty_paragraph_counts_and_is_not_written() -> None:
    assert told(item(1), item(1, words=""), item(1), numbering=outline(0, COUNTED) + numbers(1, 0)) == "一、x 三、x"


def test_numbers_in_cells() -> None:
    rows = [[cell(p("属于国家秘密", number=(1, 0))), str(figure)] for figure in (0, 2)]
    made = lines(table(*rows), numbering=outline(0, level(0, "decimal", "%1.")) + numbers(1, 0))
    assert made == ["1.属于国家秘密\t0\n2.属于国家秘密\t2\n"]


def test_a_number_has_a_place_and_is_no_text_of_the_file() -> None:
    made = from_bytes(docx(p("前"), item(1, words="总体"), numbering=outline(0, COUNTED) + numbers(1, 0)), "a.docx")
    start = made.text.index("一、")
    location = made.location(Span(start, start + 2))
    assert location is not None
    assert location.words == "第二段"
    mark, offset = made.origin.mark(start + 1)  # type: ignore[union-attr]
    assert (mark.kind, mark.run, offset) == (NUMBER, -1, 1)


def test_a_field_is_no_number() -> None:
    assert told(p(r(""), field("SEQ 图", "1"), "、x"), numbering=outline(0, COUNTED) + numbers(1, 0)) == "1、x"
