"""What readers doubt and remark: how it changes what is found, and the rules that speak of it."""

from __future__ import annotations

import pytest

from reportlint import Linter, Severity, Source, Span
from reportlint.diagnostic import Diagnostic
from reportlint.readers import remarks
from reportlint.readers.writer import Field, Piece, Writer
from reportlint.results import packed, unpacked
from reportlint.source import Doubt, Location, Remark
from reportlint.testing import Draft

from .sources import from_bytes

LINTER = Linter.from_layers([])
TOTAL = ("requests", "received", "total")


@pytest.fixture(scope="module")
def compliant() -> Draft:
    return Draft.compliant("town", year=2024, linter=LINTER)


def said(source: Source) -> list[Diagnostic]:
    return LINTER.lint(source).diagnostics


def test_a_finding_that_rests_on_a_doubt_says_so_and_is_one_level_lower(compliant: Draft) -> None:
    draft = compliant.put(TOTAL, "6")
    (sure,) = said(draft.source)
    place = draft.at(TOTAL)
    (doubtful,) = said(Source(draft.text, "a.txt", doubts=(Doubt(place, "数字分在两处"),)))
    assert (sure.severity, sure.doubt) == (Severity.ERROR, "")
    assert (doubtful.severity, doubtful.doubt) == (Severity.WARNING, "数字分在两处")
    assert doubtful.message == sure.message
    assert doubtful.notes[:-1] == sure.notes
    assert (doubtful.notes[-1].message, doubtful.notes[-1].span) == ("读取时有疑问：数字分在两处", place)


def test_a_sum_rests_on_its_addends(compliant: Draft) -> None:
    draft = compliant.put(TOTAL, "6")
    addend = draft.at(("requests", "received", "natural_person"))
    (doubtful,) = said(Source(draft.text, "a.txt", doubts=(Doubt(addend, "按位置推断"),)))
    assert (doubtful.severity, doubtful.doubt) == (Severity.WARNING, "按位置推断")


def test_a_doubt_elsewhere_changes_nothing(compliant: Draft) -> None:
    draft = compliant.put(TOTAL, "6")
    elsewhere = draft.at("青禾镇专栏")
    (sure,) = said(Source(draft.text, "a.txt", doubts=(Doubt(elsewhere, "看不清"),)))
    assert (sure.severity, sure.doubt) == (Severity.ERROR, "")


def test_the_lowest_level_stays() -> None:
    assert [severity.lower for severity in Severity] == [Severity.ADVICE, Severity.ADVICE, Severity.WARNING]


def test_a_doubt_is_kept_with_the_result(compliant: Draft) -> None:
    draft = compliant.put(TOTAL, "6")
    result = LINTER.lint(Source(draft.text, "a.txt", doubts=(Doubt(draft.at(TOTAL), "看不清"),)))
    again = unpacked(packed(result), "a.txt", lambda: result.source, result.rules_run, result.organisation)
    assert again.diagnostics == result.diagnostics
    assert again.diagnostics[0].doubt == "看不清"


def test_a_doubt_that_quotes_what_is_concealed_is_masked(compliant: Draft) -> None:
    number = "11010519491231002X"
    draft = compliant.replace("惠农补贴发放结果", f"惠农补贴发放结果（{number}）")
    place = draft.at(number)
    result = LINTER.lint(Source(draft.text, "a.txt", doubts=(Doubt(place, f"{number}分在两处"),)))
    assert [number in f"{each.doubt}{each.notes}{each.message}" for each in result.diagnostics] == [False]
    assert result.diagnostics[0].doubt.endswith("分在两处")


@pytest.mark.parametrize("kind", remarks.KINDS)
def test_every_kind_of_remark_has_a_rule_of_its_name(compliant: Draft, kind: str) -> None:
    place = compliant.at("青禾镇专栏")
    (told,) = said(Source(compliant.text, "a.txt", remarks=(Remark(kind, "这里有些什么", place),)))
    assert (told.rule, told.message, told.span) == (f"documents/{kind}", "这里有些什么", place)


def test_a_remark_about_the_whole_document_has_no_place(compliant: Draft) -> None:
    (told,) = said(Source(compliant.text, "a.txt", remarks=(Remark(remarks.MACRO, "文件里有宏"),)))
    assert (told.rule, told.span) == ("documents/macros", None)


def without_requests(compliant: Draft) -> Draft:
    """The report without the table of section three."""
    start = compliant.at("（本列数据的勾稽关系").start
    end = compliant.text.index("\n\n", start)
    return Draft(compliant.text[:start] + "（表格）" + compliant.text[end:], LINTER)


def test_a_table_that_could_not_be_read_is_not_missing(compliant: Draft) -> None:
    draft = without_requests(compliant)
    missing = "national/required-tables"
    assert [each.message for each in draft.lint(missing)] == ["“三、收到和处理政府信息公开申请情况”部分没有表格"]
    unread = Remark(remarks.UNREAD, "有 1 个表格读不出来", draft.at("（表格）"))
    result = LINTER.lint(Source(draft.text, "a.txt", remarks=(unread,)))
    assert [each.rule for each in result.diagnostics] == ["documents/unread-table"]
    reasons = {each.rule: each.reason for each in result.not_assessable}
    assert reasons[missing] == "“三、收到和处理政府信息公开申请情况”部分有读不出的表格"
    assert reasons["national/request-balance"] == "没有该表格"


def test_what_could_not_be_read_in_one_section_excuses_no_other(compliant: Draft) -> None:
    draft = without_requests(compliant)
    unread = Remark(remarks.UNREAD, "有 1 个表格读不出来", draft.at("青禾镇专栏"))
    result = LINTER.lint(Source(draft.text, "a.txt", remarks=(unread,)))
    assert "national/required-tables" in [each.rule for each in result.diagnostics]


def test_a_picture_beside_all_tables_is_advised_on_only(compliant: Draft) -> None:
    picture = Remark(remarks.PICTURE, "这里是图片", compliant.at("青禾镇专栏"))
    (told,) = said(Source(compliant.text, "a.txt", remarks=(picture,)))
    assert (told.rule, told.severity) == ("documents/picture", Severity.ADVICE)


def test_a_table_that_is_a_picture_is_missing_as_text(compliant: Draft) -> None:
    draft = without_requests(compliant)
    picture = Remark(remarks.PICTURE, "这里是图片", Span(*[draft.at("（表格）").start] * 2))
    result = LINTER.lint(Source(draft.text, "a.txt", remarks=(picture,)))
    messages = {each.rule: each.message for each in result.diagnostics}
    assert messages["national/required-tables"] == (
        "“三、收到和处理政府信息公开申请情况”部分没有文字形式的表格，只有图片或附件"
    )
    assert messages["documents/picture"] == "这里是图片"
    assert [each.severity for each in result.diagnostics] == [Severity.ERROR, Severity.WARNING]


SPREAD_HTML = """<table><tr><td>信息内容</td><td colspan=2>制发</td><td>废止</td></tr>
<tr><td>规章</td><td colspan=2></td><td>3</td></tr><tr><td>许可</td><td>1</td><td colspan=2></td></tr>
<tr><td>文件</td><td>2</td><td colspan=2>3</td></tr>
<tr><td>第二十条</td><td colspan=2></td><td>（一）</td></tr></table>"""


def test_a_row_of_figures_in_which_a_blank_cell_spans_is_in_doubt() -> None:
    source = from_bytes(SPREAD_HTML.encode(), "a.html")
    assert [(source.slice(doubt.span).strip("\n"), doubt.reason) for doubt in source.doubts] == [
        ("规章\t\t\t3", "一个空单元格占了几列，这一行各数在哪一列不能确定")
    ]


def test_so_it_is_in_documents() -> None:
    writer = Writer()
    rows = (
        ("规章", "", None, "3"),
        ("许可", "1", "", None),
        ("文件", "2", "3", None),
        ("第二十条", "", None, "（一）"),
    )
    writer.table([None if text is None else Field((Piece(text, 1),), 1) for text in row] for row in rows)
    source = writer.source("a.x", lambda *_: Location("", ""))
    assert [source.slice(doubt.span) for doubt in source.doubts] == ["规章\t\t\t3"]
