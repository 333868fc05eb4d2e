"""Comments in a copy of a Word document: on what they stand, and that nothing else is changed."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import ReadError, Severity, Source, Span
from reportlint.readers.docx import annotate
from reportlint.readers.reader import Annotation

from .margins import Comment, bare, comments, entries
from .sources import from_bytes
from .words import (
    DECLARATION,
    Relationship,
    W,
    Xml,
    alternate,
    cell,
    commented,
    control,
    docx,
    field,
    inserted,
    level,
    math,
    note_mark,
    notes,
    numbers,
    outline,
    p,
    packed,
    r,
    relations,
    row,
    ruby,
    table,
    text_box,
    unpacked,
    wrapped,
)

MAIN = "word/document.xml"


def read(data: bytes) -> Source:
    return from_bytes(data, "年报.docx")


def annotated(data: bytes, *places: str | Span | None) -> bytes:
    """A copy with a comment on each of these stretches of the text, given by their words where these occur once."""
    source = read(data)
    spans = [_span(source, place) for place in places]
    copy = annotate.annotated(
        data, source, [Annotation(span, f"第 {number} 处", Severity.ERROR) for number, span in enumerate(spans, 1)]
    )
    assert read(copy).text == source.text
    return copy


def _span(source: Source, place: str | Span | None) -> Span | None:
    if not isinstance(place, str):
        return place
    assert source.text.count(place) == 1
    return Span(source.text.index(place), source.text.index(place) + len(place))


def on(data: bytes, *places: str | Span | None) -> list[str]:
    """What the comments are on."""
    return [comment.on for comment in comments(annotated(data, *places))]


def body(data: bytes) -> str:
    made = unpacked(data)[MAIN].decode()
    return made[made.index("<w:body>") + len("<w:body>") : made.index("<w:sectPr/>")]


# Where the marks are


def test_a_whole_run_is_not_cut() -> None:
    copy = annotated(docx(p(r("青岭县", bold=True), "年度报告")), "青岭县")
    assert body(copy) == (
        '<w:p><w:commentRangeStart w:id="0"/>'
        '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">青岭县</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        '<w:r><w:t xml:space="preserve">年度报告</w:t></w:r></w:p>'
    )


def test_a_run_is_cut_where_a_finding_begins_and_ends_and_keeps_its_properties() -> None:
    copy = annotated(docx(p(r("青岭县年度报告", bold=True))), "县年度")
    run = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    assert body(copy) == (
        f"<w:p>{run.format('青岭')}"
        f'<w:commentRangeStart w:id="0"/>{run.format("县年度")}<w:commentRangeEnd w:id="0"/>'
        f'<w:r><w:commentReference w:id="0"/></w:r>{run.format("报告")}</w:p>'
    )


def test_a_finding_over_runs_cuts_the_first_and_the_last() -> None:
    data = docx(p("青岭县", r("人民", bold=True), "政府办公室"))
    assert on(data, "县人民政府") == ["县人民政府"]
    assert body(annotated(data, "县人民政府")).count("<w:r>") == 6


def test_findings_over_one_another_and_side_by_side() -> None:
    data = docx(p("青岭县人民政府办公室"))
    places = ["青岭县", "县人民政府办公室", "人民", "人民政府", "办公室", "青岭县人民政府办公室"]
    assert on(data, *places) == places


def test_entities_in_a_text_are_cut_around() -> None:
    run = Xml("<w:r><w:t>甲&amp;乙&#x4E19;丁&lt;戊</w:t></w:r>")
    assert on(docx(p(run)), "&", "丙", "丁", "<戊") == ["&", "丙", "丁", "<戊"]
    assert "<w:t>丁</w:t>" in body(annotated(docx(p(run)), "丁"))


def test_a_marked_section_is_not_cut() -> None:
    run = Xml("<w:r><w:t>甲<![CDATA[乙<丙]]>丁</w:t></w:r>")
    assert on(docx(p(run)), "乙") == ["甲乙<丙丁"]


@pytest.mark.parametrize("text", ["甲 乙", "甲 <!-- 批注 --> 乙"])
def test_white_space_beside_a_cut_is_kept(text: str) -> None:
    copy = annotated(docx(p(Xml(f"<w:r><w:t>{text}</w:t></w:r>"))), "乙")
    assert re.findall(r"<w:t[^>]*>", body(copy)) == ['<w:t xml:space="preserve">'] * 2
    assert comments(copy)[0].on == "乙"


def test_white_space_is_kept_in_all_parts_of_a_text_that_is_cut_twice() -> None:
    copy = annotated(docx(p(Xml("<w:r><w:t>甲乙丙 丁</w:t></w:r>"))), "乙丙", "丁")
    assert re.findall(r"<w:t[^>]*>", body(copy)) == ['<w:t xml:space="preserve">'] * 4
    assert [comment.on for comment in comments(copy)] == ["乙丙", "丁"]


def test_white_space_at_ends_that_is_not_shown_stays_so() -> None:
    data = docx(p(Xml("<w:r><w:t> 甲 乙 </w:t></w:r>")))
    assert "<w:t> 甲 乙 </w:t>" in body(annotated(data, "乙"))


@pytest.mark.parametrize("text", ["甲乙丙 丁", "丁 甲乙丙"])
def test_a_cut_without_white_space_beside_it_adds_none(text: str) -> None:
    copy = annotated(docx(p(Xml(f"<w:r><w:t>{text}</w:t></w:r>"))), "乙")
    assert re.findall(r"<w:t[^>]*>", body(copy)) == ["<w:t>"] * 3


def test_a_run_of_several_elements_is_cut_between_them() -> None:
    data = docx(p(r("甲\t乙\n丙丁", bold=True)))
    copy = annotated(data, "乙")
    assert comments(copy)[0].on == "乙"
    assert body(copy).count("<w:b/>") == 3
    assert on(data, "丙") == ["丙"]


def test_a_tab_can_be_where_a_finding_begins() -> None:
    assert on(docx(p(r("甲\t乙"))), "甲\t乙") == ["甲\t乙"]


def test_attributes_of_a_run_go_with_it() -> None:
    copy = annotated(docx(p(Xml('<w:r w:rsidR="00AB12CD"><w:t>甲>乙</w:t></w:r>'))), "乙")
    assert body(copy).count('<w:r w:rsidR="00AB12CD">') == 2


def test_a_finding_over_paragraphs() -> None:
    assert on(docx(p("甲乙"), p("丙"), p("丁戊")), "乙\n\n丙\n\n丁") == ["乙\n丙\n丁"]


def test_line_ends_around_a_finding_are_left_out() -> None:
    data = docx(p("甲乙"), p("丙丁"), p("戊己"))
    assert on(data, Span(0, 3), Span(2, 7), Span(3, 9)) == ["甲乙", "丙丁", "丙丁\n戊"]


# Tables

TABLE_ROWS = table(row("甲", "12", "34"), row(cell("乙丙"), cell(), cell(p("5"), p("6"))))
TABLE = docx(TABLE_ROWS)


def test_a_cell() -> None:
    assert on(TABLE, "12", "丙") == ["12", "丙"]


def test_an_empty_cell() -> None:
    source = read(TABLE)
    empty = source.text.index("乙丙\t") + len("乙丙\t")
    copy = annotated(TABLE, Span(empty, empty))
    cells = re.findall("<w:tc>.*?</w:tc>", body(copy))
    assert "".join(comments(copy)[0].on) == ""
    assert [number for number, each in enumerate(cells) if "commentReference" in each] == [4]


@pytest.mark.parametrize("properties", ["", "<w:pPr><w:jc w:val='center'/></w:pPr>"])
def test_an_empty_cell_without_a_run(properties: str) -> None:
    paragraph = f"<w:p>{properties}</w:p>" if properties else '<w:p w:rsidR="00000001" />'
    data = docx(p("甲"), table(row("乙", Xml(f"<w:tc><w:tcPr/>{paragraph}</w:tc>"))))
    end = read(data).text.index("乙\t") + 2
    made = body(annotated(data, Span(end, end), Span(end, end)))
    start = paragraph.removesuffix("</w:p>") if properties else '<w:p w:rsidR="00000001" >'
    marks = [
        f'<w:commentRangeStart w:id="{n}"/><w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'
        for n in (0, 1)
    ]
    assert f"<w:tc><w:tcPr/>{start}{''.join(marks)}</w:p></w:tc>" in made


def test_a_finding_over_cells_is_on_the_first() -> None:
    assert on(TABLE, "甲\t12", "34\n乙丙") == ["甲", "34"]


def test_a_finding_within_a_cell_of_several_paragraphs() -> None:
    assert on(TABLE, "5 6") == ["5\n6"]


# What is not plain text


def test_a_finding_without_a_place_is_on_the_first_paragraph() -> None:
    assert on(docx(p(), p(" "), p("青岭县", r("年度报告")), p("正文")), None) == ["青岭县年度报告"]


def test_a_document_without_text() -> None:
    assert on(docx(p(), p()), None) == [""]


def test_a_document_without_paragraphs() -> None:
    data = docx()
    with pytest.raises(ReadError, match="没有段落，加不了批注"):
        annotated(data, None)


def test_an_empty_stretch_is_on_what_is_around_it() -> None:
    assert on(docx(p("甲乙"), p("丙丁")), Span(1, 1), Span(5, 5)) == ["甲乙", "丙丁"]
    assert on(TABLE, Span(1, 1)) == ["甲"]


def test_a_generated_number() -> None:
    lists = outline(1, level(0, "chineseCounting", "%1、")) + numbers(1, 1)
    data = docx(p("总体", "情况", number=(1, 0)), numbering=lists)
    assert on(data, "一、", "、总体", "总") == ["总体情况", "总体", "总"]


def test_a_field_a_link_an_insertion() -> None:
    link = wrapped("hyperlink", "网站", attributes=' r:id="rId9"')
    data = docx(p("发布", field("PAGE", "12"), "条，", link, inserted("以及公报")))
    assert on(data, "2条", "网", "及公") == ["2条", "网", "及公"]


@pytest.mark.parametrize(
    "whole",
    [control("青岭县"), Xml(f"<w:r>{ruby('青岭县', 'qing')}</w:r>"), alternate(r("青岭县"), r("青岭县"))],
    ids=["control", "ruby", "alternate"],
)
def test_what_takes_no_marks_is_marked_around(whole: Xml) -> None:
    made = body(annotated(docx(p("甲", whole, "乙")), "岭"))
    assert whole in made
    assert f'<w:commentRangeStart w:id="0"/>{whole}<w:commentRangeEnd w:id="0"/>' in made


def test_a_text_box_is_marked_in_the_paragraph_that_holds_it() -> None:
    box = text_box("青岭县", "水务局")
    data = docx(p("甲", box, "乙"))
    assert box in body(annotated(data, "水务"))
    assert f'<w:commentRangeStart w:id="0"/>{box}<w:commentRangeEnd w:id="0"/>' in body(annotated(data, "水务"))


def test_an_equation() -> None:
    made = comments(annotated(docx(p("甲", math("1+1"), "乙")), "1+1"))
    assert made[0].on == "甲乙"


def test_a_footnote_is_marked_where_it_is_referred_to() -> None:
    written = notes("footnote", (2, "数据来自台账"))
    data = docx(p("甲"), p("收到", note_mark(2), "件"), footnotes=written)
    copy = annotated(data, "台账")
    mark = str(note_mark(2))
    assert f'<w:commentRangeStart w:id="0"/>{mark}<w:commentRangeEnd w:id="0"/>' in body(copy)
    assert unpacked(copy)["word/footnotes.xml"] == unpacked(data)["word/footnotes.xml"]


# Comments, and the parts that they need


def test_a_comment_is_of_reportlint_and_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735700000")
    data = docx(p("青岭县"))
    copy = annotate.annotated(data, read(data), [Annotation(Span(0, 2), "错误：“<&>”\n· 另见\x07\n规则：a/b")])
    assert comments(copy) == [Comment("reportlint", "错误：“<&>”\n· 另见\ufffd\n规则：a/b", "青岭")]
    made = ElementTree.fromstring(unpacked(copy)["word/comments.xml"])[0]
    assert {key.rpartition("}")[2]: value for key, value in made.attrib.items()} == {
        "id": "0",
        "author": "reportlint",
        "date": "2025-01-01T02:53:20Z",
        "initials": "rl",
    }
    assert annotate.annotated(data, read(data), [Annotation(Span(0, 2), "错误：“<&>”\n· 另见\x07\n规则：a/b")]) == copy


def test_nothing_to_say_is_the_same_file() -> None:
    data = docx(p("青岭县"))
    assert annotate.annotated(data, read(data), []) == data


def test_comments_that_are_there_stay_and_new_ones_are_numbered_after_them() -> None:
    old = notes("comment", (0, "甲的意见"), (7, "乙的意见"))
    extended = "<w15:commentsEx xmlns:w15='urn:x'/>"
    data = docx(
        p(commented(0, "青岭"), commented(7, "县年度报告")),
        comments=old,
        parts={"word/commentsExtended.xml": extended},
    )
    copy = annotated(data, "岭县")
    # Comments of this builder say no author.
    parts = unpacked(copy)
    new = ElementTree.fromstring(parts["word/comments.xml"])[2]
    assert new.get(f"{{{W}}}id") == "8"
    assert parts["word/comments.xml"].startswith(unpacked(data)["word/comments.xml"].removesuffix(b"</w:comments>"))
    changed = {name for name, part in parts.items() if part != unpacked(data)[name]}
    assert changed == {MAIN, "word/comments.xml"}
    assert body(copy).count("commentReference") == 3


def test_numbers_that_leave_no_room_behind_them() -> None:
    old = notes("comment", (0, "甲"), (2**31 - 2, "乙"))
    data = docx(p(commented(0, "青"), commented(2**31 - 2, "岭县年度")), comments=old)
    copy = unpacked(annotated(data, "岭", "县", "年"))["word/comments.xml"]
    numbered = [each.get(f"{{{W}}}id") for each in ElementTree.fromstring(copy)]
    assert numbered == ["0", "2147483646", "2147483647", "1", "2"]


def test_an_empty_list_of_comments_in_a_single_tag_with_a_prefix_of_its_own() -> None:
    old = f'{DECLARATION}<x:comments xmlns:x="{W}" />'
    copy = annotated(docx(p("青岭县"), comments=old.removeprefix(DECLARATION)), "岭")
    assert [each.on for each in comments(copy)] == ["岭"]
    assert unpacked(copy)["word/comments.xml"].endswith(b"</w:comment></x:comments>")


def test_what_announces_the_comments() -> None:
    data = docx(p("青岭县"), relationships=[Relationship("rId1", "hyperlink", "http://a.example/", True)])
    copy = unpacked(annotated(data, "岭"))
    before = unpacked(data)
    name = "word/_rels/document.xml.rels"
    new = '<Relationship Id="rId2" Type="{}/comments" Target="comments.xml"/>'.format(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    assert copy[name] == before[name].replace(b"</Relationships>", f"{new}</Relationships>".encode())
    override = (
        '<Override PartName="/word/comments.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>'
    )
    types = "[Content_Types].xml"
    assert copy[types] == before[types].replace(b"</Types>", f"{override}</Types>".encode())


def test_a_document_without_relationships() -> None:
    parts = unpacked(docx(p("青岭县")))
    del parts["word/_rels/document.xml.rels"]
    copy = annotated(packed(parts), "岭")
    assert [each.on for each in comments(copy)] == ["岭"]
    assert b"comments.xml" in unpacked(copy)["word/_rels/document.xml.rels"]


@pytest.mark.parametrize(
    ("name", "part", "words"),
    [
        ("[Content_Types].xml", None, "没有 \\[Content_Types\\].xml"),
        ("[Content_Types].xml", b"<Types", "文件的 XML 有损坏，不能写入"),
        ("word/comments.xml", b"<!DOCTYPE a><a/>", "文件的 XML 带有文档类型声明"),
        ("word/comments.xml", b"\xff\xfea", "文件的 XML 有损坏，不能写入"),
    ],
)
def test_parts_that_cannot_be_written_into(name: str, part: bytes | None, words: str) -> None:
    old = notes("comment", (0, "甲")) if name == "word/comments.xml" else ""
    data = docx(p("青岭县"), comments=old)
    source = read(data)
    parts = {**unpacked(data), name: part}
    broken = packed({name: part for name, part in parts.items() if part is not None})
    with pytest.raises(ReadError, match=words):
        annotate.annotated(broken, source, [Annotation(Span(0, 1), "甲")])


def test_the_main_part_need_not_be_called_so() -> None:
    parts = {name.replace("document.xml", "正文.xml"): part for name, part in unpacked(docx(p("青岭县"))).items()}
    parts["_rels/.rels"] = relations([Relationship("rId1", "officeDocument", "/word/正文.xml")]).encode()
    copy = annotated(packed(parts), "岭")
    assert [each.on for each in comments(copy, "word/正文.xml")] == ["岭"]


def test_a_part_that_is_called_comments_and_is_none() -> None:
    data = docx(p("青岭县"), parts={"word/Comments.xml": "<a/>"})
    copy = annotated(data, "岭")
    assert unpacked(copy)["word/Comments.xml"] == b"<a/>"
    assert [each.on for each in comments(copy, part="word/comments1.xml")] == ["岭"]


def test_the_strict_variant() -> None:
    copy = unpacked(annotated(docx(p("青岭县"), strict=True), "岭"))
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in copy["word/_rels/document.xml.rels"]
    assert b"schemas.openxmlformats.org/wordprocessingml" not in copy["word/comments.xml"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings(encoding: str) -> None:
    parts = unpacked(docx(p("青岭县"), p("年度报告")))
    text = parts[MAIN].decode().replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8")
    copy = annotated(packed({**parts, MAIN: text.encode(encoding)}), "度")
    made = unpacked(copy)[MAIN]
    assert made[:2] == text.encode(encoding)[:2]
    assert '<w:commentRangeStart w:id="0"/>' in made.decode(encoding)
    assert comments(copy)[0].on == "度"


@pytest.mark.parametrize("prefix", ["", "ns0"])
def test_other_prefixes(prefix: str) -> None:
    parts = unpacked(docx(p("青岭县", r("年度报告", bold=True)), p()))
    text = parts[MAIN].decode()
    named = f"{prefix}:" if prefix else ""
    text = re.sub(r"(</?)w:", rf"\1{named}", text).replace("xmlns:w=", f"xmlns{':' + prefix if prefix else ''}=")
    attribute = f"{prefix}:val" if prefix else "val"
    copy = annotated(packed({**parts, MAIN: text.replace("w:val", attribute).encode()}), "度", "县年", None)
    assert [comment.on for comment in comments(copy)] == ["度", "县年", "青岭县年度报告"]


def test_python_docx_reads_the_comments() -> None:
    docx_of = pytest.importorskip("docx", reason="needs python-docx")
    document = docx_of.Document(io.BytesIO(annotated(docx(p("青岭县"), TABLE_ROWS), "岭县", "12")))
    assert [(each.comment_id, each.author, each.initials, each.text) for each in document.comments] == [
        (0, "reportlint", "rl", "第 1 处"),
        (1, "reportlint", "rl", "第 2 处"),
    ]
    assert document.paragraphs[0].text == "青岭县"


# What is left alone


def test_all_other_parts_are_as_they_were_packed_in_their_order() -> None:
    data = docx(
        p("青岭县"),
        styles="<w:style/>",
        header=p("页眉"),
        parts={"word/media/image1.png": b"\x89PNG" * 100, "customXml/item1.xml": "<a/>"},
    )
    before, after = entries(data), entries(annotated(data, "岭"))
    changed = {MAIN, "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert [entry.name for entry in after] == [*(entry.name for entry in before), "word/comments.xml"]
    for old, new in zip(before, after, strict=False):
        assert old[:3] == new[:3]
        assert old.packed == new.packed or old.name in changed
    assert after[-1].time == next(entry.time for entry in before if entry.name == MAIN)


_WORDS = st.text(st.sampled_from("青岭县人民政府 &<>年度12"), min_size=1, max_size=8)
_RUNS = st.builds(lambda text, bold: r(text, bold=bold), _WORDS, st.booleans())
_UNKEPT = _WORDS.map(lambda text: Xml(f"<w:r><w:t>{text.replace('&', '&amp;').replace('<', '&lt;')}</w:t></w:r>"))
_INLINE = st.one_of(
    _RUNS,
    _UNKEPT,
    st.builds(inserted, _RUNS),
    st.builds(control, _RUNS),
    st.builds(field, st.just("PAGE"), _RUNS),
    st.builds(text_box, _WORDS),
    _WORDS.map(lambda words: Xml(f"<w:r><w:tab/><w:t>{words.replace('&', '').replace('<', '')}</w:t><w:br/></w:r>")),
)
_PARAGRAPHS = st.lists(_INLINE, max_size=4).map(lambda content: p(*content))
_TABLES = st.lists(
    st.lists(st.lists(_PARAGRAPHS, min_size=1, max_size=2), min_size=1, max_size=3), min_size=1, max_size=3
).map(lambda rows: table(*(row(*(cell(*each) for each in one)) for one in rows)))
_DOCUMENTS = st.lists(st.one_of(_PARAGRAPHS, _TABLES), min_size=1, max_size=4)


@settings(deadline=None)
@given(_DOCUMENTS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 12)), min_size=1, max_size=6))
def test_whatever_is_marked_the_document_says_the_same(content: list[str], places: list[tuple[int, int]]) -> None:
    data = docx(p("标题"), *content)
    source = read(data)
    length = len(source.text)
    spans = [Span(min(start, length), min(start + size, length)) for start, size in places]
    copy = annotated(data, *spans)
    before, after = unpacked(data), unpacked(copy)
    assert bare(after[MAIN]) == bare(before[MAIN])
    found = comments(copy)
    assert len(found) == len(spans)
    for span, comment in zip(spans, found, strict=True):
        # In one paragraph and without what cannot be cut, it is on the very words.
        words = source.slice(span)
        if words and words.isalnum() and not re.search("sdt|txbx|<w:t> | </w:t>", before[MAIN].decode()):
            assert comment.on.replace(" ", "").strip() == words
    assert all(before[name] == part for name, part in after.items() if name in before and name.endswith("x"))
