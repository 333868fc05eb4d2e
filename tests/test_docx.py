"""The reader of Word documents: the text of paragraphs, as it is printed."""

from __future__ import annotations

import pytest

from reportlint import Source

from .sources import from_bytes
from .words import (
    Relationship,
    Xml,
    alternate,
    blocks,
    commented,
    control,
    docx,
    embedded,
    field,
    inline,
    inserted,
    math,
    note_mark,
    notes,
    p,
    r,
    ruby,
    simple_field,
    style,
    symbol,
    table,
    text_box,
    wrapped,
)


def source(*content: str, **parts: str) -> Source:
    return from_bytes(docx(*content, **parts), "年报.docx")


def text(*content: str, **parts: str) -> str:
    return source(*content, **parts).text


# Paragraphs and runs


def test_paragraphs_are_lines_with_a_blank_line_between() -> None:
    assert text(p("青岭县", r("人民", bold=True), "政府"), p(), p(" "), p("总体情况")) == "青岭县人民政府\n\n总体情况\n"


def test_an_empty_document() -> None:
    assert text() == ""


@pytest.mark.parametrize("sign", ["<w:br/>", "<w:cr/>", '<w:br w:type="textWrapping"/>'])
def test_a_soft_break_ends_a_line_of_the_paragraph(sign: str) -> None:
    made = source(p(r("青岭县", Xml(sign), "年度报告")), p("总体情况"))
    assert made.text == "青岭县\n年度报告\n\n总体情况\n"
    assert place(made, "年度报告") == "第一段"
    assert place(made, "总体情况") == "第二段"


def place(made: Source, words: str) -> str:
    from reportlint import Span

    start = made.text.index(words)
    location = made.location(Span(start, start + len(words)))
    assert location is not None
    return location.words


def test_a_page_break_alone_is_nothing() -> None:
    assert text(p(r(Xml('<w:br w:type="page"/>'))), p(r(Xml("<w:lastRenderedPageBreak/>"), "甲"))) == "甲\n"


def test_a_page_break_between_words_ends_a_line() -> None:
    assert text(p(r("甲。", Xml('<w:br w:type="page"/>'), "二、乙"))) == "甲。\n二、乙\n"


def test_tabs_stay_within_a_line() -> None:
    assert text(p("\t电话：1\t传真：2\t")) == "电话：1\t传真：2\n"


def test_hyphens_and_symbols() -> None:
    signs = [Xml("<w:noBreakHyphen/>"), Xml("<w:softHyphen/>"), symbol("Wingdings", "F0FC"), symbol("宋体", "2460")]
    assert text(p(r("甲", signs[0], "乙", signs[1], "丙", signs[2], signs[3]))) == "甲-乙丙✓①\n"


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("wingdings ", "00A8", "□"),
        ("Wingdings", "F081", "①"),
        ("Wingdings", "F08A", "⑩"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F050", "✓"),
        ("Wingdings 2", "F0A3", "□"),
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F035", "5"),
        ("Symbol", "002E", "."),
        ("Arial", "00B0", "°"),
    ],
)
def test_symbols_that_are_known(font: str, code: str, expected: str) -> None:
    made = source(p("甲", r(symbol(font, code))))
    assert (made.text, made.doubts) == (f"甲{expected}\n", ())


@pytest.mark.parametrize(
    ("font", "code"), [("Wingdings", "F021"), ("Symbol", "x"), ("宋体", "D800"), ("宋体", "0007"), ("Wingdings", "")]
)
def test_a_symbol_that_is_not_known_is_in_doubt(font: str, code: str) -> None:
    made = source(p("收到", r(symbol(font, code)), "件"))
    assert made.text == "收到\ufffd件\n"
    assert [(made.slice(doubt.span), doubt.reason) for doubt in made.doubts] == [
        ("收到\ufffd件", "有一个符号不知道是什么字")
    ]


def test_white_space_is_kept_where_it_is_said_to_be() -> None:
    bare = Xml("<w:r><w:t>  甲 \n</w:t></w:r>")
    kept = Xml('<w:r><w:t xml:space="preserve"> 乙\t\n丙 </w:t></w:r>')
    assert text(p("一", bare, kept, "二")) == "一甲 乙  丙 二\n"


def test_ideographic_and_no_break_spaces_stay() -> None:
    assert text(p("\u3000\u3000一\u00a0二")) == "\u3000\u3000一\u00a0二\n"


def test_ruby_is_read_without_what_is_above_it() -> None:
    assert text(p("青", r(ruby("岭", "ling")), "县")) == "青岭县\n"


def test_equations_are_read() -> None:
    assert text(p("其中", math("a+b=c"), "。"), Xml(f"<m:oMathPara>{math('x')}</m:oMathPara>")) == "其中a+b=c。\n\nx\n"


# What stands around runs and paragraphs


@pytest.mark.parametrize("name", ["hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo"])
def test_elements_around_runs(name: str) -> None:
    assert text(p("甲", wrapped(name, "乙", wrapped("smartTag", "丙")), "丁")) == "甲乙丙丁\n"


def test_content_controls_around_runs_and_paragraphs() -> None:
    assert (
        text(control(p("甲", control("乙", control("丙"))), control("丁", block=True), block=True)) == "甲乙丙\n\n丁\n"
    )


def test_custom_xml_around_paragraphs() -> None:
    assert text(wrapped("customXml", "甲", p("乙"), block=True)) == "甲\n\n乙\n"


def test_of_alternatives_one_is_read() -> None:
    assert text(p("甲", alternate(r("乙"), r("丙"))), alternate(p("丁"), p("戊"))) == "甲乙\n\n丁\n"
    assert text(p(alternate("", r("丙")))) == "丙\n"
    assert text(p(r(alternate("<w:t>乙</w:t>", "<w:t>丙</w:t>")))) == "乙\n"


# Fields


def test_fields_show_their_result() -> None:
    assert (
        text(p("第", field("PAGE \\* MERGEFORMAT", "3"), "页共", simple_field("NUMPAGES", "9"), "页")) == "第3页共9页\n"
    )


def test_a_field_in_the_instruction_of_another_is_not_shown() -> None:
    begin, separate, end = (
        Xml(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>') for kind in ("begin", "separate", "end")
    )
    condition = inline([begin, r(Xml("<w:instrText>IF </w:instrText>")), field("DOCPROPERTY x", "内"), separate])
    assert text(p("甲", condition, "外", end, "乙")) == "甲外乙\n"


def test_a_field_without_a_result_shows_nothing() -> None:
    begin, end = (Xml(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>') for kind in ("begin", "end"))
    assert text(p("甲", begin, r(Xml("<w:instrText>XE 甲</w:instrText>")), r("隐"), end, "乙")) == "甲乙\n"


@pytest.mark.parametrize("kinds", [["begin"], ["begin", "begin", "separate"], ["end"], ["separate"], ["end", "begin"]])
def test_fields_that_lost_an_end_lose_no_text(kinds: list[str]) -> None:
    signs = [Xml(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>') for kind in kinds]
    assert text(p(*signs, "甲"), p("乙")) == "甲\n\n乙\n"


def test_a_table_of_contents_is_read_as_it_stands() -> None:
    begin = inline([Xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), r(Xml("<w:instrText>TOC</w:instrText>"))])
    separate, end = (Xml(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>') for kind in ("separate", "end"))
    entries = (p(begin, separate, "一、总体情况\t", field("PAGEREF _Toc1", "1")), p("二、主动公开\t2", end), p("正文"))
    assert text(*entries) == "一、总体情况\t1\n\n二、主动公开\t2\n\n正文\n"


# Tracked changes


def test_what_was_put_in_is_read_and_what_was_taken_out_is_not() -> None:
    gone = Xml('<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>')
    moved = Xml("<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>")
    assert text(p("收到", inserted("12"), gone, moved, "件")) == "收到12件\n"


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_a_paragraph_whose_end_is_gone_goes_on_with_the_next(mark: str) -> None:
    made = source(p("收到", mark=mark), p("12件"), p("办结"))
    assert made.text == "收到12件\n\n办结\n"
    assert place(made, "12件") == "第一段"
    assert place(made, "办结") == "第二段"


def test_the_last_paragraph_may_have_lost_its_end() -> None:
    assert text(p("甲", mark="<w:del/>")) == "甲\n"
    assert text(p("甲", mark="<w:del/>"), table(["乙", "丙"])) == "甲\n\n乙\t丙\n"


# What is not shown


def test_hidden_text_is_left_out() -> None:
    shown = r("丙", props='<w:vanish w:val="0"/>')
    assert text(p("甲", r("乙", hidden=True), shown, r("丁", props='<w:vanish w:val="true"/>'))) == "甲丙\n"


def test_styles_hide_text() -> None:
    styles = (
        style("Secret", "character", runs="<w:vanish/>")
        + style("Deeper", "character", based_on="Secret")
        + style("Open", "character", based_on="Secret", runs='<w:vanish w:val="false"/>')
        + style("Note", runs="<w:vanish/>")
        + style("Round", based_on="Around")
        + style("Around", based_on="Round")
    )
    assert (
        text(p("甲", r("乙", style="Secret"), r("丙", style="Deeper"), r("丁", style="Open")), styles=styles)
        == "甲丁\n"
    )
    assert text(p("甲", style="Note"), p("乙", style="Round"), p("丙", style="No"), styles=styles) == "乙\n\n丙\n"
    # Two that hide, one over the other, show.
    assert text(p(r("甲", style="Secret"), style="Note"), styles=styles) == "甲\n"
    shown = r("乙", props='<w:vanish w:val="0"/>')
    assert text(p("甲", shown, style="Note"), styles=styles) == "乙\n"


def test_the_style_of_all_paragraphs_may_hide() -> None:
    default = Xml(style("Normal", runs="<w:vanish/>").replace("<w:style ", '<w:style w:default="1" '))
    assert text(p("甲"), p("乙", style="Other"), styles=default + style("Other")) == "乙\n"
    everything = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    assert text(p("甲", r("乙", props='<w:vanish w:val="0"/>')), styles=everything) == "乙\n"


def test_comments_headers_and_footers_are_left_out() -> None:
    made = text(p("甲", commented(1, "乙")), comments=notes("comment", (1, "批注")), header=p("页眉"), footer=p("页脚"))
    assert made == "甲乙\n"


# Text boxes and notes


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    assert text(p("甲", text_box("乙", "丙")), p("丁")) == "甲\n\n乙\n\n丙\n\n丁\n"
    assert text(p("甲", text_box("乙", both=False)), p("丁")) == "甲\n\n乙\n\n丁\n"


def test_a_text_box_in_a_text_box_and_a_table_in_it() -> None:
    inner = text_box(p("乙", text_box("丙")), table(["丁", "1"]))
    assert text(p(inner), p("戊")) == "乙\n\n丙\n\n丁\t1\n\n戊\n"


def test_a_text_box_is_numbered_as_a_paragraph() -> None:
    made = source(p("甲", text_box("乙")), p("丙"))
    assert [place(made, words) for words in "甲乙丙"] == ["第一段", "第二段", "第三段"]


@pytest.mark.parametrize(("kind", "words"), [("footnote", "脚注"), ("endnote", "尾注")])
def test_notes_stand_behind_their_paragraph(kind: str, words: str) -> None:
    given = notes(kind, (0, "分隔线"), (7, blocks(["注七", "又一段"])), (8, "注八"))
    made = source(
        p("甲", note_mark(8, kind), "12", note_mark(7, kind), "件", note_mark(8, kind), note_mark(99, kind)),
        p("乙"),
        **{kind + "s": given},
    )
    assert made.text == "甲12件\n\n注八\n\n注七\n\n又一段\n\n乙\n"
    assert [place(made, each) for each in ("注八", "注七", "又一段", "乙")] == [
        f"{words} 1",
        f"{words} 2",
        f"{words} 2",
        "第二段",
    ]


def test_notes_that_are_not_there() -> None:
    assert text(p("甲", note_mark(1), "乙")) == "甲乙\n"


def test_a_note_that_refers_to_a_note_is_not_followed() -> None:
    given = notes("footnote", (1, p("注", note_mark(1))), (2, "二"))
    assert text(p("甲", note_mark(1)), footnotes=given) == "甲\n\n注\n"


def test_an_object_has_no_text() -> None:
    assert text(p("甲", embedded("Excel.Sheet.12"))) == "甲\n"


# The package


def test_strict_names_are_read_alike() -> None:
    content = (p("甲", field("PAGE", "3")), table(["乙", "1"]), p("丙", note_mark(1)))
    given = notes("footnote", (1, "注"))
    plain, strict = docx(*content, footnotes=given), docx(*content, footnotes=given, strict=True)
    assert b"purl" not in plain
    assert from_bytes(strict, "a.docx").text == from_bytes(plain, "a.docx").text == "甲3\n\n乙\t1\n\n丙\n\n注\n"


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    from .words import document, relations

    main = Relationship("r1", "officeDocument", "/word/report.xml")
    parts = {"word/document.xml": document("旧"), "word/report.xml": document("新"), "_rels/.rels": relations([main])}
    assert from_bytes(docx(parts=parts), "a.docx").text == "新\n"
    assert from_bytes(docx("甲", parts={"_rels/.rels": None}), "a.docx").text == "甲\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_parts_in_other_encodings(encoding: str) -> None:
    from .words import document

    declared = document(p("甲", r("隐", hidden=True), number=(1, 0)), table(["乙", "1"])).replace(
        "UTF-8", encoding[:6].upper()
    )
    parts = {"word/document.xml": declared.encode(encoding)}
    assert from_bytes(docx(parts=parts), "a.docx").text == "甲\n\n乙\t1\n"


def test_a_wrong_declaration_does_not_matter() -> None:
    from .words import document

    declared = document("甲").replace("UTF-8", "GB2312")
    assert from_bytes(docx(parts={"word/document.xml": declared}), "a.docx").text == "甲\n"
