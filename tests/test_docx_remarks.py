"""The reader of Word documents: what it says of a document beside its text."""

from __future__ import annotations

import pytest

from reportlint import Linter, Source
from reportlint.testing import Draft

from .sources import from_bytes
from .words import (
    Relationship,
    Xml,
    alternate,
    cell,
    commented,
    deleted,
    docx,
    drawing,
    embedded,
    inserted,
    notes,
    of_text,
    old_picture,
    p,
    picture,
    r,
    relations,
    row,
    table,
    text_box,
    wrapped,
)


def source(*content: str, path: str = "年报.docx", **parts: object) -> Source:
    return from_bytes(docx(*content, **parts), path)  # type: ignore[arg-type]


def remarks(made: Source) -> list[tuple[str, str, str]]:
    """Kind, message and place; "-" for the whole document."""
    return [
        (each.kind, each.message, (made.location(each.span) or each).words if each.span is not None else "-")  # type: ignore[union-attr]
        for each in made.remarks
    ]


def kinds(*content: str, **parts: object) -> list[str]:
    return [each.kind for each in source(*content, **parts).remarks]


def test_a_clean_document_has_none() -> None:
    assert remarks(source(p("甲"), table(["乙", "1"]), p(wrapped("hyperlink", "丙")))) == []


# Tracked changes


def test_tracked_changes_are_counted() -> None:
    made = source(p("甲"), p("乙", inserted("新"), deleted("旧"), "丙", inserted("新")), p("丁", deleted("旧")))
    assert remarks(made) == [("tracked-changes", "有 4 处修订没有接受或拒绝，按接受后的文字检查", "第二段")]


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (p(inserted("甲"), inserted("乙"), "丙"), 1),
        (p(inserted("甲"), mark="<w:ins/>"), 1),
        (p("甲", mark="<w:ins/>"), 1),
        (p("甲", mark="<w:del/>"), 1),
        (p(wrapped("hyperlink", inserted("甲")), inserted("乙")), 2),
        (p(Xml("<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom>"), "乙", wrapped("moveTo", "甲")), 1),
        (table(row(cell(p(inserted("甲"))), props="<w:ins/>")), 1),
    ],
)
def test_how_tracked_changes_are_counted(content: Xml, count: int) -> None:
    assert [message for _, message, _ in remarks(source(content))] == [
        f"有 {count} 处修订没有接受或拒绝，按接受后的文字检查"
    ]


def test_changes_of_format_do_not_count() -> None:
    run = r("甲", props="<w:rPrChange><w:rPr/></w:rPrChange>")
    paragraph = p(run, props="<w:pPrChange><w:pPr/></w:pPrChange>", mark="<w:rPrChange><w:rPr/></w:rPrChange>")
    cells = table([cell("乙", props="<w:tcPrChange><w:tcPr/></w:tcPrChange>")], props="<w:tblPrChange/>")
    assert kinds(paragraph, cells) == []


def test_a_change_in_a_table_is_placed_in_its_cell() -> None:
    made = source(table(["总计", "1"], ["其他", cell(p(deleted("2"), inserted("3")))]))
    assert [place for _, _, place in remarks(made)] == ["表一 第2行 “其他”"]


def test_rows_taken_out_are_placed_in_their_table() -> None:
    made = source(p("前"), table(row("甲", props="<w:del/>"), ["乙", "1"]), p("后"))
    assert [place for _, _, place in remarks(made)] == ["表一 第2行 “乙”"]
    [remark] = made.remarks
    assert remark.span is not None
    assert made.slice(remark.span) == "乙"


# Comments and hidden text


def test_comments_are_counted() -> None:
    made = source(p("甲"), p(commented(1, "乙"), commented(2, "丙")), comments=notes("comment", (1, "一"), (2, "二")))
    assert remarks(made) == [("comments", "有 2 条批注，没有检查其中的文字", "第二段")]


def test_hidden_text_is_counted() -> None:
    made = source(p("甲"), p("乙", r("丙", hidden=True), r("", hidden=True), r("丁", hidden=True)))
    assert remarks(made) == [("hidden-text", "有 2 处隐藏的文字，没有检查", "第二段")]


def test_what_is_hidden_for_the_program_is_none_of_it() -> None:
    entry = [
        r(Xml('<w:fldChar w:fldCharType="begin"/>'), hidden=True),
        r(Xml("<w:instrText>XE 甲</w:instrText>"), hidden=True),
        r(Xml('<w:fldChar w:fldCharType="end"/>'), hidden=True),
    ]
    made = source(p("甲", *entry, "乙"))
    assert (made.text, made.remarks) == ("甲乙\n", ())


# Pictures


def test_a_picture_instead_of_a_table() -> None:
    """What has no text is placed behind what stands before it."""
    made = source(p("二、主动公开政府信息情况"), p(picture(15, 10)), p("三、"))
    assert remarks(made) == [("picture", "有 1 张图片，其中的文字和表格没有检查", "第一段")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (p(picture(15, 10)), True),
        (p(picture(4.2, 4.2)), False),
        (p("甲", picture(15, 10)), True),
        (p("甲", picture(15, 10, floats=True)), True),
        (p("甲", picture(7, 3)), False),
        (p(picture(7, 3)), True),
        (p(picture(15, 10, behind=True)), False),
        (p(old_picture("width:400pt;height:200pt")), True),
        (p(old_picture("position:absolute;width:3cm;height:3cm")), False),
        (p(old_picture("border-width:400pt;width:30mm;height:1.5.5in")), True),
        (p(old_picture("width:400pt;height:200pt;z-index:-251658240")), False),
        (p(old_picture("width:400pt;height:200pt;z-index:1")), True),
        (
            p(
                Xml(
                    '<w:r><w:pict><v:shape style="width:400pt;height:90pt"><v:textpath string="年报"/></v:shape></w:pict></w:r>'
                )
            ),
            True,
        ),
        (p(old_picture("")), True),
        (p("甲", old_picture("")), False),
        (p(drawing("<c:chart/>", 12, 8, "http://schemas.openxmlformats.org/drawingml/2006/chart")), True),
        (p(drawing("<wps:wsp/>", 15, 10, "shape")), False),
        (p(text_box(p("甲"))), False),
        (p(text_box(p(picture(15, 10)))), True),
        (p(r(alternate(picture(15, 10).removeprefix("<w:r>").removesuffix("</w:r>"), ""))), True),
        (p(Xml(f"<w:del>{picture(15, 10)}</w:del>"), "甲"), False),
        (table([cell(p(picture(15, 10)))], ["甲"]), True),
    ],
)
def test_which_pictures_may_hold_text(content: Xml, expected: bool) -> None:
    assert ("picture" in kinds(p("前"), content)) is expected


def test_a_letterhead_is_none_of_them() -> None:
    assert kinds(p(picture(16, 2)), p("甲")) == []
    assert kinds(p("甲"), p(picture(16, 2))) == ["picture"]


def test_sheets_and_files_in_the_document() -> None:
    made = source(p("甲"), p(embedded("Excel.Sheet.12")), p("乙", embedded("Package", "width:40pt;height:40pt")))
    assert remarks(made) == [("picture", "有 2 个嵌入的表格或文件，其中的文字和表格没有检查", "第一段")]
    assert kinds(p("其中", embedded("Equation.3"))) == []


@pytest.mark.parametrize(
    ("width", "height", "alone", "beside"),
    [
        (6.0, 6.0, False, False),
        (6.1, 2.0, True, False),
        (2.0, 6.1, True, False),
        (10.0, 4.0, True, True),
        (9.9, 4.0, True, False),
        (10.0, 3.9, True, False),
    ],
)
def test_how_large_a_picture_may_be(width: float, height: float, alone: bool, beside: bool) -> None:
    assert (kinds(p("前"), p(picture(width, height))) == ["picture"]) is alone
    assert (kinds(p("前"), p("甲", picture(width, height))) == ["picture"]) is beside


@pytest.mark.parametrize(("unit", "large"), [("in", True), ("cm", True), ("mm", False), ("pc", False), ("px", False)])
def test_units_of_old_pictures(unit: str, large: bool) -> None:
    """Ten of each: ten picas are 4.2 cm."""
    assert (kinds(p("前"), p(old_picture(f"width:10{unit};height:10{unit}"))) == ["picture"]) is large


def test_pictures_and_objects_are_one_remark() -> None:
    made = source(p(embedded("Excel.Sheet.12")), p("甲"), p(picture(15, 10)))
    assert [message for _, message, _ in remarks(made)] == [
        "有 1 张图片和 1 个嵌入的表格或文件，其中的文字和表格没有检查"
    ]


def test_another_document_within_is_not_read() -> None:
    made = source(p("甲"), Xml('<w:altChunk r:id="rIdA"/>'), p("乙"), table([cell(Xml('<w:altChunk r:id="rIdB"/>'))]))
    assert made.text == "甲\n\n乙\n"
    assert remarks(made) == [("unread-table", "有 2 处插入的另一份文档没有读取，其中的文字和表格没有检查", "第一段")]


# The package


def test_macros_are_said() -> None:
    assert remarks(source("甲", path="年报.docm", macros=True)) == [("macros", "文件里有宏，没有运行", "-")]


def test_what_would_be_fetched_is_said() -> None:
    outside = (
        Relationship("a", "image", "http://example.invalid/a.png", external=True),
        Relationship("b", "hyperlink", "http://example.invalid/", external=True),
        Relationship("c", "oleObject", "file:///C:/a.xlsx", external=True),
    )
    settings = relations([Relationship("a", "attachedTemplate", "file:///T:/a.dotm", external=True)])
    made = source("甲", relationships=outside, parts={"word/_rels/settings.xml.rels": settings})
    assert remarks(made) == [("external-content", "有 3 处内容要从文件以外取得，没有取", "-")]


@pytest.mark.parametrize("path", ["年报.docx", "年报.DOCM", "年报"])
def test_a_name_that_fits(path: str) -> None:
    from reportlint.readers import docx as reader
    from reportlint.readers.reader import Limits, Means

    from .sources import readers

    assert reader.read(docx("甲"), path, Means(Limits(), readers())).remarks == ()


def test_a_name_of_another_format() -> None:
    from reportlint.readers import docx as reader
    from reportlint.readers.reader import Limits, Means

    from .sources import readers

    made = reader.read(docx("甲"), "年报.doc", Means(Limits(), readers()))
    assert remarks(made) == [("renamed-file", "文件名以 .doc 结尾，内容是 .docx 格式的 Word 文档", "-")]


def test_remarks_become_findings(linter: Linter, compliant: Draft) -> None:
    first, *others = of_text(compliant.text)
    content = (first, p(inserted("说明"), commented(1, "。"), r("密", hidden=True)), *others, p(picture(15, 10)))
    made = source(*content, comments=notes("comment", (1, "批")), macros=True)
    found = {each.rule: each.location() for each in linter.lint(made).diagnostics}
    assert {rule for rule in found if rule.startswith("documents/")} == {
        "documents/tracked-changes",
        "documents/hidden-text",
        "documents/comments",
        "documents/picture",
        "documents/macros",
    }
    assert "第二段" in str(found["documents/comments"])
