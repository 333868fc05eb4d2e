"""The page: that nothing of a report is lost in it, nothing in a report acts in it, and what is said stands in its place."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Diagnostic, Doubt, Linter, Note, Result, Severity, Source, Span, resources
from reportlint.cli import main
from reportlint.diagnostic import Accepted
from reportlint.errors import ReadError
from reportlint.formats import Context, rendered
from reportlint.formats.html import Html
from reportlint.outcome import Outcome, PassedOver, Run
from reportlint.result import unreadable
from reportlint.results import packed, unpacked
from reportlint.testing import Draft

from . import papers
from .pages import bare, of_class, tree, words
from .shapes import FINISHES, SHAPES, reshape

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").rglob("*-20[0-9][0-9]*.*"))
FAULTY = ROOT / "examples" / "reports" / "yunxi-water-2024-faulty.txt"
COMPLIANT = ROOT / "examples" / "reports" / "qinghe-town-2024.txt"
LINTER = Linter.from_layers([])
RULE = re.compile(r"[\s|:]*-[\s|:-]*")


def page(*results: Result) -> Element:
    return tree(rendered("html", results))


def lines_lost(result: Result, article: Element) -> list[str]:
    """The lines of a report that its part of the page does not have, each as a whole."""
    (paper,) = of_class(article, "paper")
    shown = bare(words(paper))
    lines = (line for line in re.split(r"[\r\n\v\f]+", result.source.text) if not RULE.fullmatch(line))
    return [line for line in lines if bare(line) not in shown]


def marked(root: Element) -> dict[str, str]:
    """What is marked, by the id of the finding."""
    found: dict[str, str] = {}
    for mark in root.iter("mark"):
        if card := mark.get("data-of"):
            found[card] = found.get(card, "") + words(mark)
    return found


def ids(root: Element) -> list[str]:
    return [each.attrib["id"] for each in root.iter() if "id" in each.attrib]


def cards(root: Element, kind: str = "card") -> list[Element]:
    return [each for each in of_class(root, "card", "div") if kind in each.get("class", "").split()]


def finding(source: Source, span: Span | None, message: str = "有误", **more: object) -> Diagnostic:
    return Diagnostic(source, span, "demo/rule", Severity.ERROR, message, "某条", (), "0" * 32)._replace(**more)


def result_of(text: str, *spans: tuple[int, int], accepted: Iterable[Accepted] = ()) -> Result:
    """A result on a text that is no report."""
    source = Source(text, "a.txt")
    found = [finding(source, Span(*span)) for span in spans]
    return Result(source, None, found, (), (), False, accepted=tuple(accepted))


# Nothing is lost


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_line_of_a_report_is_in_the_page(path: Path) -> None:
    result = LINTER.lint_file(path)
    assert len(result.source.text) > 100
    (article,) = page(result).iter("article")
    assert lines_lost(result, article) == []


@pytest.mark.parametrize("finish", FINISHES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_line_is_there_in_every_shape_of_tables(shape: str, finish: str) -> None:
    report = LINTER.lint_file(FAULTY).report
    assert report is not None
    result = LINTER.lint_text(FINISHES[finish](reshape(report, SHAPES[shape])))
    root = page(result)
    (article,) = root.iter("article")
    assert lines_lost(result, article) == []
    assert {card.attrib["id"] for card in cards(root)} >= set(marked(root))
    assert len(ids(root)) == len(set(ids(root)))


HOSTILE = st.text(
    st.sampled_from("一二三、（）0123 \t|\n\r-报告年度总计<>&\"'/\x00\x0b\x0c\x1b\x85\u202e\u2066\u200b\ud800\ufffe𠮷é")
)


@given(HOSTILE, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_text_with_any_marks_is_a_page(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(min(start, len(text)), min(start + length, len(text))) for start, length in places]
    root = page(result_of(text, *spans))
    assert len(ids(root)) == len(set(ids(root)))
    assert len(cards(root)) == len(spans)
    for link in root.iter("a"):
        assert link.attrib["href"].removeprefix("#") in ids(root)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_report_with_lines_changed_is_whole(data: st.DataObject) -> None:
    lines = FAULTY.read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        lines[data.draw(st.integers(0, len(lines) - 1))] = data.draw(
            st.text(st.sampled_from("一、表|\t 0123456789总计（）甲乙"), max_size=30)
        )
    result = LINTER.lint_text("\n".join(lines))
    (article,) = page(result).iter("article")
    assert lines_lost(result, article) == []


def test_what_was_not_recognised_is_shown_as_it_stands() -> None:
    result = LINTER.lint_text("会议通知\n  请各单位  参加。\n")
    (article,) = page(result).iter("article")
    (text,) = article.iter("pre")
    assert words(text) == "会议通知\n  请各单位  参加。"
    (card,) = cards(article)
    assert "没有检查" in words(Element("div")) + "".join(card.itertext())


def test_a_file_that_could_not_be_read_is_told_of() -> None:
    result = unreadable("坏.txt", ReadError("不是文本", "not-text", 3, 4))
    (article,) = page(result).iter("article")
    (card,) = cards(article, "error")
    assert "不是文本" in "".join(card.itertext())
    assert "第 3 行第 4 字" in "".join(card.itertext())
    assert "坏.txt" in "".join(article.itertext())


def test_saved_web_pages_are_shown_as_reports() -> None:
    rows = "".join(f"<p>{line}</p>" for line in COMPLIANT.read_text(encoding="utf-8").splitlines()[:12])
    from .sources import from_bytes

    result = LINTER.lint(from_bytes(f"<html><body>{rows}</body></html>".encode(), "a.html"))
    (article,) = page(result).iter("article")
    assert lines_lost(result, article) == []
    assert [bare(words(each)) for each in article.iter("h4")][:1] == ["一、总体情况"]


def test_a_long_text_without_structure_is_shown_whole() -> None:
    text = "没有标题的一行，写得很长。\n" * 20_000
    (article,) = page(result_of(text, (5, 9))).iter("article")
    assert bare(words(of_class(article, "paper")[0])) == bare(text)


# A report as its author sees it


def test_a_table_is_set_as_the_form_prints_it() -> None:
    (article,) = page(LINTER.lint_file(FAULTY)).iter("article")
    tables = [
        table
        for table in article.iter("table")
        if table.find("caption") is not None and table.find("thead") is not None
    ]
    captions = [words_of(table.find("caption")) for table in tables]
    assert captions == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    requests = tables[1]
    heads = {words(head): head.attrib for head in requests.iter("th")}
    assert heads["申请人情况"]["colspan"] == "7"
    assert heads["法人或其他组织"]["colspan"] == "5"
    assert heads["总计"]["rowspan"] == "2"
    assert heads["三、本年度办理结果"] == {"scope": "row", "rowspan": "22"}
    assert heads["（三）不予公开"]["rowspan"] == "8"
    assert heads["（七）总计"]["colspan"] == "2"
    assert heads["3.其他"] == {"scope": "row"}
    assert {len(row.findall("td")) for row in requests.iterfind("tbody/tr")} == {7}
    assert widths(requests) == {10}
    # The last figure of a row spans what is left of it.
    (licences,) = [row for row in tables[0].iter("tr") if words(row).startswith("行政许可")]
    assert [cell.get("colspan") for cell in licences.findall("td")] == ["3"]


def words_of(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def widths(table: Element) -> set[int]:
    """How many fields each row of a table comes to, with what reaches into it from above."""
    reaching: dict[int, int] = {}
    found = set()
    for number, row in enumerate(table.iter("tr")):
        width = reaching.get(number, 0)
        for cell in row:
            across = int(cell.get("colspan", "1"))
            width += across
            for below in range(1, int(cell.get("rowspan", "1"))):
                reaching[number + below] = reaching.get(number + below, 0) + across
        found.add(width)
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_stands_in_its_row_whatever_the_shape(shape: str) -> None:
    original = LINTER.lint_file(FAULTY).report
    assert original is not None
    result = LINTER.lint_text(reshape(original, SHAPES[shape]))
    assert result.report is not None
    if result.report.tables["requests"].ragged or len(result.report.tables["requests"].cells) != 175:
        pytest.skip("not read whole in this shape")
    (article,) = page(result).iter("article")
    rows = {words(row.findall("th")[-1]): row for row in article.iter("tr") if row.find("th") is not None}
    for row, label in (
        ("granted", "（一）予以公开"),
        ("complaint", "1.信访举报投诉类申请"),
        ("processed", "（七）总计"),
    ):
        # None of these is blank: an empty field is one that a cell covers.
        figures = [words(cell).strip() for cell in rows[label].findall("td") if words(cell).strip()]
        columns = result.report.form.columns("requests", row)
        assert figures == [result.report.tables["requests"].cells[row, column].text for column in columns]


def test_rows_whose_labels_take_fewer_fields_have_their_figures_below_each_other() -> None:
    draft = COMPLIANT.read_text(encoding="utf-8")
    narrow = draft.replace("一、本年新收政府信息公开申请数量\t\t\t", "一、本年新收政府信息公开申请数量\t\t")
    assert narrow != draft
    (article,) = page(LINTER.lint_text(narrow)).iter("article")
    (row,) = [row for row in article.iter("tr") if words(row).startswith("一、本年新收")]
    assert row.find("th").attrib["colspan"] == "3"  # type: ignore[union-attr]
    assert len(row.findall("td")) == 7


def test_groups_stand_over_their_first_row_where_nothing_keeps_fields_apart() -> None:
    report = LINTER.lint_file(FAULTY).report
    assert report is not None
    (article,) = page(LINTER.lint_text(reshape(report, SHAPES["spaces"]))).iter("article")
    rows = [words(row.findall("th")[-1]) for row in article.iter("tr") if row.find("th") is not None]
    at = rows.index("（三）不予公开")
    assert rows[at + 1] == "1.属于国家秘密"
    # The lines themselves are there as well.
    assert len(of_class(article, "original")) == 3


def test_a_table_that_the_form_does_not_have_is_a_table_too() -> None:
    (article,) = page(LINTER.lint_file(ROOT / "examples" / "reports" / "yunxi-forestry-2012.txt")).iter("article")
    (table,) = [table for table in article.iter("table") if "公开渠道" in words(table)]
    assert [words(head) for head in table.findall("thead/tr/th")] == ["公开渠道", "条数", "历年累计"]
    first = table.findall("tbody/tr")[0]
    assert words(first[0]) == "政府网站"
    assert [cell.tag for cell in first] == ["th", "td", "td"]


# Findings in their places


def test_the_signs_of_headings_in_markdown_are_there_and_not_shown() -> None:
    text = (ROOT / "examples" / "reports" / "yunxi-archives-2023.md").read_text("utf-8")
    root = page(LINTER.lint(Source(text, "a.md")))
    heads = [each for each in root.iter() if each.tag in ("h3", "h4") and words(each).startswith("#")]
    assert [words(each).split("、")[0][:7] for each in heads] == [
        "# 云溪县档案",
        *(f"## {number}" for number in "一二三四五六"),
    ]
    for each in heads:
        assert [("hidden" in sign.attrib, words(sign).strip("# ")) for sign in each.iter("span")][:1] == [(True, "")]
    # What is found in them is marked all the same.
    source = Source(text, "a.md")
    report = LINTER.read(source)
    start = text.index("# 云溪县")
    result = Result(source, report, [finding(source, Span(start, start + 3))], (), (), False)
    assert [*marked(page(result)).values()] == ["# 云"]


def test_every_finding_is_marked_in_place_and_told_beside_it() -> None:
    result = LINTER.lint_file(FAULTY)
    root = page(result)
    found = cards(root)
    assert len(found) == len(result.diagnostics) == 6
    for card, diagnostic in zip(found, result.diagnostics, strict=True):
        assert diagnostic.span is not None
        assert marked(root)[card.attrib["id"]] == result.source.slice(diagnostic.span)
        told = "".join(card.itertext())
        assert diagnostic.message in told
        assert diagnostic.rule in told
        assert diagnostic.basis in told
        position = diagnostic.start()
        assert position is not None
        assert f"第 {position.line} 行第 {position.column} 字" in told
    words_of_severity = ["".join(badge.itertext()) for card in found for badge in of_class(card, "badge")]
    assert words_of_severity == ["警告 1", "错误 2", "错误 3", "错误 4", "警告 5", "警告 6"]


def test_a_wrong_cell_has_the_sums_that_it_breaks_written_out() -> None:
    root = page(LINTER.lint_file(FAULTY))
    card = cards(root)[2]
    sums = [[bare(words(cell)) for row in each.iter("tr") for cell in row] for each in of_class(card, "sum")]
    assert sums == [
        ["第一项加第二项之和", "3+0=3", "第三项加第四项之和", "2+0=2"],
        ["总计", "3", "六类申请人之和", "2+0+0+0+0+0=2"],
    ]
    assert [words_of(each.find("table/caption")) for each in of_class(card, "sum")] == [
        "“总计”列：两数不等",
        "“一、本年新收政府信息公开申请数量”行：两数不等",
    ]
    # What a sum shows is not said again.
    assert list(card.iter("li")) == []
    by_id = {each.get("id"): each for each in root.iter()}
    lit = [[words(by_id[identity]) for identity in each.attrib["data-cells"].split()] for each in of_class(card, "sum")]
    assert lit == [["3", "0", "2", "0"], ["2", "0", "0", "0", "0", "0", "3"]]
    assert sorted(set(card.attrib["data-cells"].split())) == sorted(
        {identity for each in of_class(card, "sum") for identity in each.attrib["data-cells"].split()}
    )


def test_a_sum_with_several_ways_to_mend_it_has_all_of_them_linked() -> None:
    root = page(LINTER.lint_file(FAULTY))
    card = cards(root)[3]
    links = {"".join(link.itertext()): link.attrib["href"][1:] for link in card.iter("a")}
    by_id = {each.get("id"): each for each in root.iter()}
    assert words(by_id[links["“行政复议”的“结果维持”现为 2"]]) == "2"
    assert words(by_id[links["“行政复议”的“其他结果”现为 1"]]) == "1"


def test_sums_are_kept_with_a_result() -> None:
    result = LINTER.lint_file(FAULTY)
    again = unpacked(packed(result), "a.txt", lambda: result.source, result.rules_run, result.organisation)
    assert [one.sums for one in again.diagnostics] == [one.sums for one in result.diagnostics]
    assert [len(one.sums) for one in result.diagnostics] == [0, 0, 2, 1, 0, 0]


def test_sums_with_factors_and_bounds_are_written_as_they_are() -> None:
    report = COMPLIANT.read_text(encoding="utf-8")
    broken = re.sub(r"行政规范性文件\t[^\n]*", "行政规范性文件\t9\t2\t1", report)
    root = page(LINTER.lint_text(broken))
    (card,) = cards(root, "advice")
    (total,) = of_class(card, "sum")
    assert bare(words_of(total.find("table/caption"))).endswith("：前数小于后数")
    assert [bare(words(row[1])) for row in total.iter("tr")] == ["1", "9−2=7"]


def test_marks_that_overlap_or_are_empty_all_have_their_numbers() -> None:
    text = "甲乙丙丁戊\n己庚"
    root = page(result_of(text, (0, 3), (2, 5), (2, 2), (1, 4), (4, 7)))
    assert marked(root) == {
        card.attrib["id"]: shown
        for card, shown in zip(cards(root), ["甲乙丙", "乙丙丁", "␣", "丙丁戊", "戊\n己"], strict=True)
    }
    assert sorted(reference.text or "" for reference in of_class(root, "ref")) == ["1", "2", "3", "4", "5"]
    assert bare(words(of_class(root, "paper")[0])).replace("␣", "") == bare(text)


def test_blanks_that_are_found_fault_with_can_be_seen() -> None:
    root = page(result_of("第　 页", (1, 3)))
    assert list(marked(root).values()) == ["␣␣"]


def test_notes_lead_to_their_places() -> None:
    source = Source("甲一，甲二。", "a.txt")
    notes = (Note("又见", Span(3, 5)), Note("没有地方"))
    root = page(Result(source, None, [finding(source, Span(0, 2), notes=notes)], (), (), False))
    (there,) = [link.attrib["href"][1:] for link in root.iter("a") if link.text == "又见"]
    assert words(next(each for each in root.iter() if each.get("id") == there)) == "甲二"
    assert [item.text for item in cards(root)[0].iter("li") if item.text] == ["没有地方"]


def test_a_finding_in_another_source_marks_nothing_here() -> None:
    here, there = Source("甲乙", "a.txt"), Source("丙丁戊己", "b.txt")
    root = page(Result(here, None, [finding(there, Span(2, 4), "在别处")], (), (), False))
    assert marked(root) == {}
    assert "在别处" in "".join(cards(root)[0].itertext())


def test_accepted_findings_are_shown_as_such_with_the_reason() -> None:
    source = Source("甲乙丙丁", "a.txt")
    accepted = (
        Accepted(finding(source, Span(0, 1)), "accepted", "上级同意", "王", "2026-12-31", "x.toml:3"),
        Accepted(finding(source, Span(1, 2)), "baseline", "", origin="baseline.txt"),
        Accepted(finding(source, Span(2, 3)), "ignore", "县里的写法"),
    )
    root = page(Result(source, None, [finding(source, Span(3, 4))], (), (), False, accepted=accepted))
    assert [card.attrib["data-kind"] for card in cards(root)] == ["accepted", "baseline", "accepted", "error"]
    reasons = ["".join(reason.itertext()) for reason in of_class(root, "reason")]
    assert reasons == ["上级同意；王 接受；到 2026-12-31 为止；见 x.toml:3", "见 baseline.txt", "县里的写法"]
    (article,) = root.iter("article")
    counts = [words(badge) for badge in of_class(article.find("header"), "badge")]  # type: ignore[arg-type]
    assert counts == ["1 个错误", "2 处已接受", "1 处基线已有"]


def test_what_must_not_be_shown_is_not() -> None:
    number = "13900001234"
    text = COMPLIANT.read_text(encoding="utf-8").replace("一、总体情况\n", f"一、总体情况\n\n联系人电话{number}。\n", 1)
    result = LINTER.lint_text(text)
    assert result.concealed
    shown = rendered("html", [result])
    assert number not in shown
    assert "139******34" in shown


# Nothing in a report acts


NASTY = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "</pre></style>&amp;",
    "\x00\x07\x1b[31m\x7f\x9b",
    "\u202eabc\u2066\u200b",
    "\ud800\udc80",
    "\ufffe",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_text_stays_text(nasty: str) -> None:
    source = Source(f"某局{nasty}报告\n{nasty}\n", f"{nasty}.txt")
    accepted = Accepted(finding(source, None, nasty), "accepted", nasty, nasty, nasty, nasty)
    hostile = finding(source, Span(2, 5), nasty, rule=f"demo/{nasty}", basis=nasty, notes=(Note(nasty, Span(0, 1)),))
    result = Result(source, None, [hostile], (), (), False, organisation=nasty, accepted=(accepted,))
    clean = Source("某局报告\n", "a.txt")
    plain = Result(
        clean, None, [finding(clean, Span(0, 1))], (), (), False, accepted=(accepted._replace(because="甲"),)
    )
    shown = rendered("html", [result])
    root = tree(shown)
    shown.encode("utf-8")
    # Only elements that are there anyhow; one more sign for what cannot be seen.
    kinds = {each.tag for each in root.iter()} - {each.tag for each in page(plain, result_of("")).iter()}
    assert kinds <= {"h3", "ul", "li", "p"}
    assert {name for each in root.iter() for name in each.attrib if name.startswith("on")} == set()
    assert len(list(root.iter("script"))) == 1
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]", shown) is None


def test_characters_that_cannot_be_seen_are_named() -> None:
    root = page(result_of("甲\u202e乙\x07丙\x0b丁\ud800"))
    assert words(of_class(root, "paper")[0]) == "甲U+202E乙␇丙\n丁�"


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    shown = rendered("html", [LINTER.lint_file(FAULTY)])
    root = tree(shown)
    (policy,) = [each.attrib["content"] for each in root.iter("meta") if "http-equiv" in each.attrib]
    allowed = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (element,) = root.iter(tag)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert allowed[directive] == f"'sha256-{digest}'"
    assert set(allowed) == {"default-src", "img-src", "style-src", "script-src", "base-uri", "form-action"}
    assert allowed["img-src"] == "data:"
    attributes = {name for each in root.iter() for name in each.attrib}
    assert attributes & {"src", "style", "srcset", "action"} == set()
    assert {each.attrib["href"][0] for each in root.iter("a")} == {"#"}
    assert re.findall(r"(?:https?:)?//[a-z]|@import|url\(", shown) == []


def test_style_and_script_have_only_ascii() -> None:
    for name in ("page.css", "page.js"):
        assert resources_of(name).isascii()


def resources_of(name: str) -> bytes:
    return resources.read("reportlint.formats.html", name)


def test_a_stream_that_cannot_show_every_character_gets_only_ascii() -> None:
    result = LINTER.lint_file(FAULTY)
    narrow = rendered("html", [result], Context("", lambda _: None, ascii_only=True))
    assert narrow.isascii()
    assert "".join(tree(narrow).itertext()) == "".join(page(result).itertext())


# The whole


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    results = [LINTER.lint_file(path) for path in EXAMPLES]
    root = page(*results)
    known = ids(root)
    assert len(known) == len(set(known))
    named = [each.attrib["href"][1:] for each in root.iter("a")]
    for name in ("aria-labelledby", "data-of", "data-cells"):
        named += [identity for each in root.iter() for identity in each.get(name, "").split()]
    assert set(named) <= set(known)


def test_reports_are_told_alone_and_in_order() -> None:
    results = [LINTER.lint_file(path) for path in EXAMPLES[:3]]
    one, other = Html(Context("", lambda _: None)), Html(Context("", lambda _: None))
    forwards = [one.result(result) for result in results]
    backwards = [other.result(result) for result in reversed(results)]
    assert forwards == backwards[::-1]
    # Nothing of a report stays with the output.
    assert vars(one) == vars(Html(one.context))
    run = Run()
    for result in results:
        run.add(Outcome.of(result))
    context = one.context
    assert rendered("html", results, context) == one.begin() + "".join(forwards) + one.end(run)


def test_the_summary_counts_by_severity_rule_and_unit() -> None:
    results = [LINTER.lint_file(FAULTY), LINTER.lint_file(COMPLIANT)]
    (summary,) = [each for each in page(*results).iter("section") if each.get("id") == "summary"]
    figures = [bare(words(item)) for item in of_class(summary, "figures")[0]]
    assert figures == ["2份报告", "3个错误", "3个警告", "0个建议"]
    rules, units = of_class(summary, "counts", "table")
    counted = {words(row[0][0]): [words(cell) for cell in row[1:4]] for row in rules.findall("tbody/tr")}
    assert counted["national/request-balance"] == ["1", "", ""]
    assert counted["national/fee-disclosure"] == ["", "1", ""]
    assert [[words(cell) for cell in row[:4]] for row in units.findall("tbody/tr")] == [["云溪县水务局", "3", "3", ""]]
    bars = [float(bar.attrib["width"]) for bar in units.iter("rect")]
    assert bars == [60, 60]


def test_what_a_run_passed_over_and_could_not_judge_is_said() -> None:
    run = Run()
    run.passed_over.append(PassedOver("<旧>.doc", "不像年度报告"))
    run.unassessed["demo/rule", "没有该表格"] = 2
    run.not_assessable = 2
    run.failed = 1
    end = Html(Context("", lambda _: None)).end(run)
    assert "&lt;旧&gt;.doc：不像年度报告" in end
    assert "<code>demo/rule</code>：没有该表格（2 份）" in end
    assert "2 份报告有规则无法判断" in end
    assert '<span class="figure">1</span> <span class="badge">份没有能按要求检查</span>' in end
    assert "没有发现问题" in end


def test_rows_beyond_the_first_can_be_opened() -> None:
    run = Run()
    for number in range(30):
        run.by_unit[f"第{number}局", Severity.WARNING] = number + 1
    root = tree(Html(Context("", lambda _: None)).begin() + Html(Context("", lambda _: None)).end(run))
    first, rest = of_class(root, "counts", "table")
    assert [words(row[0]) for row in first.findall("tbody/tr")][:2] == ["第29局", "第28局"]
    assert len(first.findall("tbody/tr")) + len(rest.findall("tbody/tr")) == 30
    assert "其余 18 行" in "".join(root.itertext())


def test_a_page_is_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "页.html"
    assert main(["check", str(FAULTY), "--output", f"html={file}"]) == 1
    root = tree(file.read_text(encoding="utf-8"))
    assert len(cards(root)) == 6
    assert "发现 6 处" in capsys.readouterr().out


def test_headings_go_down_by_one(linter: Linter) -> None:
    draft = Draft(COMPLIANT.read_text(encoding="utf-8"), linter)
    root = page(LINTER.lint_text(draft.text), LINTER.lint_file(FAULTY))
    levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    assert levels.count(1) == 1


def test_a_page_is_not_taken_for_a_report_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(FAULTY.read_text("utf-8"), encoding="utf-8")
    main(["check", "--output", "html=page.html", "--quiet"])
    main(["check", "--output-format", "concise"])
    written = capsys.readouterr()
    assert {line.partition(":")[0].removeprefix("./") for line in written.out.splitlines()} == {"a.txt"}
    assert "page.html：是 reportlint 输出的网页。" in written.err
    assert main(["check", "page.html"]) == 2
    assert "这是 reportlint 输出的网页，不是年度报告" in capsys.readouterr().out


# Documents without lines


DOUBTED = papers.FAULTY.replace("| 0 | 0 | 0 | 3 |", "| 0 | 0 | 0 | 3? |")
CELL = "表二 第4行第10列 “一、本年新收政府信息公开申请数量”"


def test_a_finding_in_a_document_has_its_place_in_words() -> None:
    root = page(papers.lint(papers.FAULTY))
    told = [words(of_class(card, "more")[0]) for card in cards(root)]
    assert f"{CELL} national/request-balance" in told
    assert "第四段 national/zero-filing" in told
    [note] = [item for card in cards(root) for item in card.iter("li") if CELL in words(item)]
    assert words(note).endswith(f"的“总计”为 3（{CELL}）")
    assert not re.search(r"第 \d+ 行", words(root))
    for link in root.iter("a"):
        assert link.attrib["href"][1:] in ids(root)


def test_tables_whose_fields_nothing_keeps_apart_are_shown_without_line_numbers() -> None:
    text = "\n\n".join(field for line in papers.FAULTY.splitlines() for field in line.strip("|# ").split("|"))
    for name, label in (("年报.paper", "这张表读出的文字"), ("年报.md", "这张表的原文（第 ")):
        result = papers.lint(text, path=name)
        assert result.report is not None
        assert result.report.tables
        assert label in words(page(result))


def test_what_was_read_with_doubt_is_framed_and_listed() -> None:
    root = page(papers.lint(DOUBTED))
    [frame] = [each for each in root.iter("span") if each.get("title")]
    assert (words(frame), frame.get("class"), frame.get("title")) == ("3", "doubt", papers.DOUBT)
    [listed] = of_class(root, "doubts", "details")
    assert words(listed) == f"1 处读取时有疑问{CELL}：{papers.DOUBT}"
    assert [link.attrib["href"][1:] for link in listed.iter("a")] == [frame.attrib["id"]]
    doubted = ["".join(card.itertext()) for card in cards(root) if of_class(card, "doubt", "span")]
    assert len(doubted) == 2
    assert all("读取存疑" in each and f"读取时有疑问：{papers.DOUBT}" in each for each in doubted)
    # The place of the finding is not told again behind the note.
    assert [each.count(CELL) for each in doubted] == [2, 1]
    assert not of_class(page(papers.lint(papers.FAULTY)), "doubts", "details")


def test_a_place_and_a_reason_act_in_nothing() -> None:
    nasty = "\"><i>'&amp;"
    source = papers.source(
        papers.FAULTY.replace("一、本年新收政府信息公开申请数量 |", f"一、本年新收政府信息公开申请数量{nasty} |")
    )
    start = source.text.index("一、本年新收")
    source.doubts = (Doubt(Span(start, start + 4), nasty),)
    root = page(papers.linter().lint(source))
    assert not list(root.iter("i"))
    [frame] = [each for each in root.iter("span") if each.get("title")]
    assert frame.get("title") == nasty
    assert any(nasty in words(of_class(card, "more")[0]) for card in cards(root))


def test_doubts_of_one_row_for_one_reason_are_one_in_the_list_and_the_list_ends() -> None:
    text = re.sub(r"\| 0 (?=\|)", "| 0? ", papers.FAULTY)
    root = page(papers.lint(text))
    [listed] = of_class(root, "doubts", "details")
    first, *_, last = listed.iter("li")
    rows = [line for line in text.splitlines() if "0?" in line]
    assert words(first) == f"表一 第3行 “规章”：{papers.DOUBT}"
    assert words(listed).startswith(f"{len(rows)} 处读取时有疑问表一")
    assert len(of_class(root, "doubt", "span")) > 3 * len(rows)
    assert len(list(listed.iter("li"))) == len(rows) < 50
    source = papers.source(papers.FAULTY)
    source.doubts = tuple(Doubt(Span(place, place + 1), f"理由{place}") for place in range(60))
    [listed] = of_class(page(papers.linter().lint(source)), "doubts", "details")
    last = list(listed.iter("li"))[-1]
    assert (len(list(listed.iter("li"))), words(last)) == (51, "另有 10 处")


def test_a_doubt_about_a_whole_table_is_listed_and_frames_nothing() -> None:
    source = papers.source(papers.FAULTY)
    start = source.text.index("一、本年新收")
    source.doubts = (Doubt(Span(start, start + 200), "边框是推断的 <b>"),)
    root = page(papers.linter().lint(source))
    [listed] = of_class(root, "doubts", "details")
    assert words(listed).endswith("：边框是推断的 <b>")
    assert not list(listed.iter("a"))
    assert not [each for each in root.iter("span") if each.get("title")]


def test_doubts_and_places_show_nothing_that_is_concealed() -> None:
    secret = "13900001234"
    text = DOUBTED.replace("一、本年新收政府信息公开申请数量 |", f"一、本年新收{secret} |")
    result = papers.lint(f"{text}\n\n联系电话{secret}。\n")
    result.source.doubts = (*result.source.doubts, Doubt(result.source.doubts[0].span, f"像是{secret}"))
    written = rendered("html", [result])
    assert secret not in written
    assert "像是139******34" in written
