"""Edits of the text made in Word documents: where they can be, what they leave alone, and why others are refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Edit, Linter, Source, Span
from reportlint.errors import ReadError
from reportlint.fixes import edited
from reportlint.fixing import fix_bytes, fix_source
from reportlint.fixing.edits import Refusal
from reportlint.fixing.paper import Paper
from reportlint.readers.docx import rewrite

from .margins import bare, entries
from .sources import from_bytes
from .words import (
    Xml,
    cell,
    control,
    docx,
    field,
    inserted,
    level,
    note_mark,
    notes,
    numbers,
    of_text,
    outline,
    p,
    r,
    row,
    table,
    text_box,
    unpacked,
)

MAIN = "word/document.xml"
LINTER = Linter.from_layers([])


def read(data: bytes) -> Source:
    return from_bytes(data, "年报.docx")


def edit(source: Source, old: str, new: str) -> Edit:
    assert source.text.count(old) == 1
    start = source.text.index(old)
    return Edit(Span(start, start + len(old)), new)


def body(data: bytes) -> str:
    made = unpacked(data)[MAIN].decode()
    return made[made.index("<w:body>") + len("<w:body>") : made.index("<w:sectPr/>")]


def written(data: bytes, *edits: tuple[str, str]) -> str:
    """The body with these words instead of those; the text read from it is the one that was meant."""
    source = read(data)
    made = [edit(source, *each) for each in edits]
    assert [rewrite.refusal(source, each) for each in made] == [""] * len(made)
    copy = rewrite.rewritten(data, source, made)
    assert read(copy).text == edited(source.text, made)
    return body(copy)


def refused(data: bytes, old: str, new: str) -> str:
    source = read(data)
    why = rewrite.refusal(source, edit(source, old, new))
    if why:
        with pytest.raises(ReadError, match=re.escape(why)):
            rewrite.rewritten(data, source, [edit(source, old, new)])
        return why
    with pytest.raises(ReadError) as error:
        rewrite.rewritten(data, source, [edit(source, old, new)])
    return str(error.value)


# What can be written


def test_words_within_a_run() -> None:
    data = docx(p("青岭县", r("编制,数据", bold=True), "统计"))
    assert written(data, (",", "，")) == body(data).replace(",", "，")


def test_several_edits_of_one_run_and_of_others() -> None:
    data = docx(p("甲,乙,丙", r("丁.", bold=True)), p("戊;己"))
    edits = [("甲,", "甲，"), (",丙", "、丙"), (".", "。"), (";", "；")]
    assert written(data, *edits) == body(data).replace("甲,乙,丙", "甲，乙、丙").replace("丁.", "丁。").replace(
        ";", "；"
    )


def test_only_what_differs_has_to_be_in_one_run() -> None:
    data = docx(p(r("（", bold=True), "五", r("）平台", bold=True)))
    assert written(data, ("（五）", "（四）")) == body(data).replace("五", "四")


def test_what_is_put_in_is_like_what_is_before_it() -> None:
    data = docx(p(r("考核结果", bold=True)), p("公报"))
    assert written(data, ("结果", "结果。")) == body(data).replace("结果", "结果。")
    assert written(data, ("公报", "《公报")) == body(data).replace("公报", "《公报")


def test_signs_of_markup_are_written_as_such() -> None:
    data = docx(p(Xml("<w:r><w:t>甲&amp;乙&lt;丙</w:t></w:r>")))
    assert "<w:t>甲&amp;丁&lt;&gt;&amp;丙</w:t>" in written(data, ("乙<", "丁<>&"))
    assert "<w:t>甲乙&lt;丙</w:t>" in written(data, ("&", ""))


def test_a_marked_section_is_written_anew() -> None:
    data = docx(p(Xml("<w:r><w:t>甲<![CDATA[乙,丙]]>丁</w:t></w:r>")))
    assert "<w:t>甲乙，丙丁</w:t>" in written(data, (",", "，"))


def test_white_space_that_comes_to_stand_at_an_end_is_shown() -> None:
    data = docx(p(Xml("<w:r><w:t>甲。</w:t></w:r>"), "乙"))
    assert '<w:t xml:space="preserve">甲 </w:t>' in written(data, ("。", " "))


def test_spaces_that_are_read_as_one_go_together() -> None:
    data = docx(table(row("总   计", "1")))
    assert "总计</w:t>" in written(data, ("总 计", "总计"))


def test_a_run_may_come_to_be_empty() -> None:
    data = docx(p("甲", r("，"), "乙"))
    assert written(data, ("，", "")) == body(data).replace("，", "")


def test_a_footnote() -> None:
    data = docx(p("收到", note_mark(2)), footnotes=notes("footnote", (2, "据台账,下同")))
    source = read(data)
    copy = rewrite.rewritten(data, source, [edit(source, ",", "，")])
    assert "据台账，下同" in unpacked(copy)["word/footnotes.xml"].decode()
    assert unpacked(copy)[MAIN] == unpacked(data)[MAIN]


# What cannot


def test_words_in_several_runs() -> None:
    data = docx(p("编制", r(",", bold=True), "数据"))
    assert refused(data, "制,数", "，") == "要改的文字在文件里分成几段，格式可能不同，不能自动修改"


@pytest.mark.parametrize(("old", "new"), [("甲\n\n乙", "甲乙"), ("丙\t1", "丙1")])
def test_what_goes_over_paragraphs_and_cells(old: str, new: str) -> None:
    data = docx(p("甲"), p("乙"), table(row("丙", "1")))
    assert refused(data, old, new) == "要改的文字不在同一个段落或单元格里，不能自动修改"


@pytest.mark.parametrize("new", ["甲\n乙", "甲\t"])
def test_new_paragraphs_and_tabs(new: str) -> None:
    assert refused(docx(p("甲丙")), "甲", new) == "修改会增加段落、换行或制表符，不能自动修改"


def test_characters_that_no_file_can_have() -> None:
    assert refused(docx(p("甲丙")), "甲", "\x01") == "要写入的字符存不进文件"


def test_an_empty_cell() -> None:
    data = docx(table(row("甲", cell(), "1")))
    source = read(data)
    why = rewrite.refusal(source, Edit(Span(2, 2), "0"))
    assert why == "要改的地方没有文字，不知道用什么格式，不能自动修改"


def test_a_generated_number() -> None:
    lists = outline(1, level(0, "chineseCounting", "%1、")) + numbers(1, 1)
    data = docx(p("总体情况", number=(1, 0)), numbering=lists)
    assert refused(data, "一、", "二、") == "要改的是自动编号，文件里没有这些字，在 Word 里修改编号"


def test_a_field() -> None:
    data = docx(p("发布", field("SEQ", "12"), "条"))
    assert refused(data, "12", "13") == "要改的文字由域生成，更新域时会重新生成，不能自动修改"


def test_a_tracked_insertion() -> None:
    assert refused(docx(p("甲", inserted("乙,丙"))), ",", "，") == "要改的文字是没有接受的修订，先接受或拒绝修订"


def test_a_text_box() -> None:
    data = docx(p("甲", text_box("乙,丙")))
    assert refused(data, ",", "，") == "要改的文字在文本框里，文件里存了两份，不能自动修改"


def test_a_control_that_is_filled_from_elsewhere() -> None:
    data = docx(p(control("甲,乙", props='<w:dataBinding w:xpath="/a"/>')))
    assert refused(data, ",", "，") == "要改的文字由内容控件从别处取得，不能自动修改"
    assert "甲，乙" in written(docx(p(control("甲,乙"))), (",", "，"))


def test_a_signed_document() -> None:
    data = docx(p("甲,乙"), parts={"_xmlsignatures/origin.sigs": ""})
    assert refused(data, ",", "，") == "文件有数字签名，改后签名失效，不能自动修改"


# Whole reports


@pytest.fixture(scope="module")
def report() -> str:
    from reportlint.blank import blank

    return blank(LINTER, "云溪县水务局", 2024)


def test_a_report_is_mended_in_rounds_and_all_else_stays(report: str) -> None:
    spoilt = (
        report.replace("编制，", "编制,")
        .replace("（三）政府信息管理", "（四）政府信息管理")
        .replace("五、存在", "七、存在")
    )
    content = of_text(spoilt)
    data = docx(*content, styles="<w:style/>", parts={"word/media/a.png": b"\x89PNG"})
    fixed = fix_bytes(LINTER, data, "年报.docx")
    assert fixed.fixed.text == report
    assert fixed.fixed.refused == ()
    assert sum(fixed.fixed.applied.values()) == 3
    assert read(fixed.data).text == report
    before, after = entries(data), entries(fixed.data)
    assert [old[:3] for old in before] == [new[:3] for new in after]
    assert [old.name for old, new in zip(before, after, strict=True) if old.packed != new.packed] == [MAIN]
    assert [each[1] for each in bare(unpacked(fixed.data)[MAIN])] == [each[1] for each in bare(unpacked(data)[MAIN])]


def test_what_cannot_be_written_is_told_and_the_rest_is_mended(report: str) -> None:
    spoilt = report.replace("编制，", "编制,").replace("没有上年结转的申请，", "没有上年结转的申请,")
    content = [
        Xml(each.replace("编制,", f"编制</w:t></w:r>{field('QUOTE', ',')}<w:r><w:t>")) for each in of_text(spoilt)
    ]
    fixed = fix_bytes(LINTER, docx(*content), "年报.docx").fixed
    assert fixed.applied == {"text/half-width-punctuation": 1}
    assert [reason for _, reason in fixed.refused] == ["要改的文字由域生成，更新域时会重新生成，不能自动修改"]
    assert "编制,数据" in fixed.text
    assert "申请，也没有" in fixed.text


def test_figures_are_never_written(report: str) -> None:
    data = docx(*of_text(report.replace("四、结转下年度继续办理\t\t\t0", "四、结转下年度继续办理\t\t\t")))
    fixed = fix_bytes(LINTER, data, "年报.docx", unsafe=True)
    assert fixed.data == data
    assert {diagnostic.rule for diagnostic, _ in fixed.fixed.refused} == {"national/blank-cell"}
    assert {reason for _, reason in fixed.fixed.refused} == {"要改的地方没有文字，不知道用什么格式，不能自动修改"}


def test_a_document_without_its_file_stays(report: str) -> None:
    source = read(docx(*of_text(report.replace("编制，", "编制,"))))
    fixed = fix_source(LINTER, source)
    assert not fixed.changed
    assert [reason for _, reason in fixed.refused] == ["这是 .docx 文件，读出的文字不是文件的原文，不能自动修改"]


def test_an_edit_after_which_something_else_would_be_read() -> None:
    data = docx(p("青岭县"), p("，"), p("乙"))
    paper = Paper.of(read(data), data, LINTER.readers)
    with pytest.raises(Refusal, match="写进文件后读出的文字会不一样"):
        paper.edited([edit(paper.source, "，", "")])
    assert paper.edited([edit(paper.source, "，", "、")]).source.text == "青岭县\n\n、\n\n乙\n"


def test_an_edit_that_the_document_does_not_take_after_all() -> None:
    data = docx(p("甲"), p(text_box("乙,丙")))
    paper = Paper.of(read(data), data, LINTER.readers)
    with pytest.raises(Refusal, match="要改的文字在文本框里"):
        paper.edited([edit(paper.source, ",", "，")])


_WORDS = st.text(st.sampled_from("青岭县 ,&<，。12"), min_size=1, max_size=6)
_RUNS = st.one_of(
    st.builds(lambda text, bold: r(text, bold=bold), _WORDS, st.booleans()),
    _WORDS.map(lambda text: Xml(f"<w:r><w:t>{text.replace('&', '&amp;').replace('<', '&lt;')}</w:t></w:r>")),
    st.builds(inserted, _WORDS),
    st.builds(field, st.just("PAGE"), _WORDS),
)
_PARAGRAPHS = st.lists(_RUNS, min_size=1, max_size=4).map(lambda runs: p(*runs))
_DOCUMENTS = st.lists(
    st.one_of(
        _PARAGRAPHS, st.lists(_PARAGRAPHS, min_size=1, max_size=3).map(lambda cells: table(row(*map(cell, cells))))
    ),
    min_size=1,
    max_size=3,
)


@settings(deadline=None)
@given(_DOCUMENTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), _WORDS | st.just("")), max_size=4))
def test_what_is_written_is_what_is_read_again(content: list[str], asked: list[tuple[int, int, str]]) -> None:
    data = docx(*content)
    source = read(data)
    edits: list[Edit] = []
    end = 0
    for start, size, new in sorted(asked):
        span = Span(min(start, len(source.text)), min(start + size, len(source.text)))
        if span.start >= end and not rewrite.refusal(source, Edit(span, new)):
            edits.append(Edit(span, new))
            end = span.end + 1
    try:
        copy = rewrite.rewritten(data, source, edits)
    except ReadError:
        return
    # White space is read as one space, and none at ends of lines.
    meant = edited(source.text, edits)
    assert re.sub(r"\s", "", read(copy).text) == re.sub(r"\s", "", meant)
    assert unpacked(copy).keys() == unpacked(data).keys()
