"""The forms: that of 2019, reports from before the unified form, and how a report's form is chosen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportlint import Grammar, Linter, Severity
from reportlint.config import Layer
from reportlint.grammar.choice import Choice, squeeze
from reportlint.testing import Draft, Said

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FORESTRY = "云溪县林业局2012年政府信息公开工作年度报告"
TABLE_TWO = "二、主动公开政府信息情况"


@pytest.fixture
def transport(linter: Linter) -> Draft:
    """A compliant report in the form of 2019."""
    return Draft.from_file(EXAMPLES / "yunxi-transport-2020.txt", linter)


@pytest.fixture
def forestry(linter: Linter) -> Draft:
    """A report from before the unified form."""
    return Draft.from_file(EXAMPLES / "yunxi-forestry-2012.txt", linter)


def without_tables(text: str, instead: str = "") -> str:
    """A text without its lines of tables, a picture in place of each run of them."""
    kept: list[str] = []
    for line in text.split("\n"):
        if "\t" not in line:
            kept.append(line)
        elif instead and kept[-1] != instead:
            kept.append(instead)
    return "\n".join(kept)


# The form of 2019


def test_the_form_of_2019_as_the_grammar_has_it(linter: Linter) -> None:
    form = linter.packs.grammars["annual-2019"].form
    later = linter.packs.grammars["annual-2021"].form
    assert (form.family, form.sections) == (later.family, later.sections)
    assert form.tables["remedies"] == later.tables["remedies"]
    cells = {table: sum(len(form.columns(table, row)) for row in form.rows(table)) for table in form.tables}
    assert cells == {"disclosure": 6 + 12 + 2 + 2, "requests": 161, "remedies": 15}
    assert [form.covers(year) for year in (2018, 2019, 2020, 2021)] == [False, True, True, False]


def test_the_report_of_2020_is_compliant(transport: Draft) -> None:
    assert transport.lint() == []
    assert transport.result.not_assessable == ()
    report = transport.report
    assert (report.form.name, report.year) == ("annual-2019", 2020)
    table = report.tables["disclosure"]
    assert table.ragged == ()
    assert {
        row: [table.value(row, column) for column in report.form.columns("disclosure", row)] for row in table.rows
    } == {
        "government_rules": [0, 0, 0],
        "normative_documents": [2, 2, 7],
        "licences": [18, -2, 146],
        "other_services": [9, 1, 37],
        "penalties": [64, 3, 212],
        "compulsion": [5, 0, 8],
        "administrative_fees": [2, -1],
        "procurement": [11, None],
    }
    assert len(report.tables["requests"].cells) == 161
    assert {(claim.subject, claim.value) for claim in report.claims_about("newly_received", "reconsideration")} == {
        ("newly_received", 9),
        ("reconsideration", 1),
    }


def test_a_wrong_figure_in_the_row_that_is_three_later(transport: Draft) -> None:
    draft = transport.put(("requests", "otherwise_closed", "business"), "2")
    assert draft.lint() == [
        Said(
            "national/request-footing",
            draft.at(("requests", "otherwise_closed", "business")),
            "“（六）其他处理”的“商业企业”应为 0，实为 2，0 同时满足 2 项勾稽关系",
        )
    ]


def test_the_row_that_is_three_later_is_missed(transport: Draft) -> None:
    draft = transport.without_line("（六）其他处理")
    message = "“三、收到和处理政府信息公开申请情况”的表格缺少“（六）其他处理”1 行"
    assert ("national/request-footing", message) in [(said.rule, said.message) for said in draft.lint()]


@pytest.mark.parametrize(
    ("cell", "text", "rule", "message"),
    [
        (
            ("requests", "received", "total"),
            "8",
            "national/request-balance",
            "“一、本年新收政府信息公开申请数量”的“总计”应为 9，实为 8，9 同时满足 2 项勾稽关系",
        ),
        (
            ("disclosure", "normative_documents", "disclosed"),
            "1",
            "national/documents-disclosed",
            "“规范性文件”行：对外公开总数量为 1，本年新公开数量为 2",
        ),
        (
            ("disclosure", "licences", "decisions"),
            "-3",
            "national/cell-value",
            "“行政许可”的“处理决定数量”为 -3，是负数",
        ),
        (
            ("disclosure", "licences", "change"),
            "1.5",
            "national/cell-value",
            "“行政许可”的“本年增/减”为 1.5，件数应为整数",
        ),
        (
            ("disclosure", "procurement", "purchases"),
            "11个",
            "national/cell-value",
            "“政府集中采购”的“采购项目数量”为“11个”，不是数",
        ),
        (
            ("disclosure", "procurement", "purchase_amount"),
            "若干",
            "national/cell-value",
            "“政府集中采购”的“采购总金额”为“若干”，不是数",
        ),
    ],
)
def test_a_mistake_in_a_report_of_2020(
    transport: Draft, cell: tuple[str, str, str], text: str, rule: str, message: str
) -> None:
    draft = transport.put(cell, text)
    assert [(said.rule, said.message) for said in draft.lint()] == [(rule, message)]


@pytest.mark.parametrize(
    ("column", "row", "text"),
    [
        ("change", "licences", "-12"),
        ("change", "licences", "－12"),
        ("change", "penalties", "+3"),
        ("change", "penalties", "增加3"),
        ("change", "penalties", "减2项"),
        ("change", "administrative_fees", "-1"),
        ("purchase_amount", "procurement", "251000元"),
        ("purchase_amount", "procurement", "1767.06万元"),
        ("purchase_amount", "procurement", "1,767.06"),
        ("purchase_amount", "procurement", "8040"),
        ("purchase_amount", "procurement", "0"),
    ],
)
def test_figures_that_the_form_of_2019_may_have(transport: Draft, column: str, row: str, text: str) -> None:
    assert transport.put(("disclosure", row, column), text).lint() == []


def test_a_zero_report_of_2020_is_held_against_its_words(transport: Draft) -> None:
    draft = transport.replace("全年收到政府信息公开申请9件，上年结转1件，办结9件，", "全年未收到政府信息公开申请，")
    said = [(said.rule, said.message) for said in draft.lint()]
    assert said == [
        (
            "national/zero-filing",
            "文字称“未收到政府信息公开申请”，即 0，表格中“一、本年新收政府信息公开申请数量”的“总计”为 9",
        )
    ]


def test_the_regulations_words_are_headings_until_2020_only(transport: Draft) -> None:
    draft = Draft(without_tables(transport.text).replace("2020年", "2023年"), transport.linter)
    titles = [said.message for said in draft.lint("national/section-title")]
    assert titles == [
        "标题为“四、因政府信息公开工作被申请行政复议、提起行政诉讼情况”，格式为“四、政府信息公开行政复议、行政诉讼情况”",
        "标题为“五、政府信息公开工作存在的主要问题及改进情况”，格式为“五、存在的主要问题及改进情况”",
    ]
    other = transport.replace("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "四、行政复议和行政诉讼情况")
    assert [said.rule for said in other.lint()] == ["national/section-title"]


def test_what_came_with_2021_is_not_asked_of_2020(transport: Draft) -> None:
    draft = transport.without_line("（四）政府信息公开平台建设").replace("（五）监督保障", "（四）监督保障")
    (diagnostic,) = draft.result.diagnostics
    assert (diagnostic.rule, diagnostic.severity) == ("national/overview-aspects", Severity.ADVICE)
    assert transport.replace("未收取信息处理费。", "").lint() == []


# Which form


def test_a_report_of_2022_with_the_tables_of_2019(transport: Draft) -> None:
    draft = transport.replace("云溪县交通运输局2020年", "云溪县交通运输局2022年")
    assert draft.report.form.name == "annual-2019"
    table = draft.report.tables["disclosure"].span
    assert draft.lint("national/form-edition") == [
        Said("national/form-edition", table, "报告年度为 2022，表格用的是 2019—2020 年度的格式")
    ]
    wrong = draft.put(("requests", "received", "total"), "8")
    assert [said.rule for said in wrong.lint("national/request-balance")] == ["national/request-balance"]


@pytest.mark.parametrize("year", [2015, 2019, 2020])
def test_an_earlier_report_with_the_tables_of_2021(compliant: Draft, year: int) -> None:
    draft = Draft(compliant.text.replace("2024年", f"{year}年"), compliant.linter)
    assert draft.report.form.name == "annual-2021"
    assert [(said.rule, said.message) for said in draft.lint()] == [
        ("national/form-edition", f"报告年度为 {year}，表格用的是 2021 年度起的格式")
    ]


@pytest.mark.parametrize(
    ("example", "year", "form"),
    [
        ("yunxi-transport-2020.txt", "2020年", "annual-2019"),
        ("yunxi-transport-2020.txt", "2023年", "annual-2021"),
        ("qinghe-town-2024.txt", "2024年", "annual-2021"),
        ("qinghe-town-2024.txt", "2019年", "annual-2019"),
        ("qinghe-town-2024.txt", "二〇二〇年", "annual-2019"),
    ],
)
def test_a_report_of_pictures_is_in_the_form_of_its_year(linter: Linter, example: str, year: str, form: str) -> None:
    text = without_tables((EXAMPLES / example).read_text(encoding="utf-8"), "![](a.png)")
    draft = Draft(text.replace(example[-8:-4] + "年", year), linter)
    assert draft.report.form.name == form
    assert "national/form-edition" not in [said.rule for said in draft.lint()]
    assert len(draft.lint("national/required-tables")) == 3


@pytest.mark.parametrize(
    "head", ["发布日期：2021年1月20日\n", "2021-01-20 来源：县交通运输局\n", "发布时间：2021年01月\n\n"]
)
def test_the_day_of_publication_is_not_the_year(transport: Draft, head: str) -> None:
    text = without_tables(transport.text)
    assert Draft(head + text, transport.linter).report.form.name == "annual-2019"


def test_of_several_years_that_of_the_title_counts(transport: Draft) -> None:
    text = "首页 > 2022年政府信息公开专栏\n" + without_tables(transport.text)
    assert Draft(text, transport.linter).report.form.name == "annual-2019"


# Before the unified form


def test_a_report_from_before_the_unified_form(forestry: Draft) -> None:
    message = "2012 年度的报告早于统一格式（自 2019 年度起），只核对表格的合计和文字，不核对部分和表格是否符合格式"
    assert forestry.lint() == [Said("national/before-unified-form", forestry.at(FORESTRY), message)]
    assert forestry.result.diagnostics[0].severity is Severity.ADVICE
    report = forestry.report
    assert (report.form.name, report.form.family, report.tables) == ("annual-2008", "annual-early", {})
    assert [section.name for section in report.sections] == list(report.form.sections)
    rules = {name.partition("/")[2] for name in forestry.result.rules_run}
    assert {"before-unified-form", "table-total"} <= rules
    assert not {"required-sections", "required-tables", "title", "request-balance", "zero-filing"} & rules


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("一、概述", "一、基本情况", "overview"),
        ("一、概述", "一、政府信息公开工作概况", "overview"),
        ("三、依申请公开政府信息情况", "三、政府信息依申请公开办理情况", "requests"),
        ("三、依申请公开政府信息情况", "三、依申请公开和不予公开政府信息情况", "requests"),
        ("四、政府信息公开的收费及减免情况", "四、收费及减免情况", "charges"),
        ("四、政府信息公开的收费及减免情况", "四、人员和收支情况", "charges"),
        ("五、因政府信息公开申请行政复议、提起行政诉讼情况", "五、行政复议、行政诉讼和行政申诉情况", "remedies"),
        ("六、政府信息公开工作存在的主要问题及改进情况", "六、存在的问题及改进措施", "improvement"),
        ("七、其他需要报告的事项", "七、需要说明的事项与附表", "other_matters"),
    ],
)
def test_headings_of_that_time(forestry: Draft, old: str, new: str, name: str) -> None:
    draft = forestry.replace(old, new)
    assert {section.heading: section.name for section in draft.report.sections}[new] == name


def test_without_a_year_the_words_tell(forestry: Draft, compliant: Draft) -> None:
    old = Draft(forestry.text.replace("2012年", ""), forestry.linter)
    assert (old.report.form.name, old.report.year) == ("annual-2008", None)
    assert old.lint()[0].message.startswith("这份报告早于统一格式")
    new = Draft(compliant.text.replace("2024年", ""), compliant.linter)
    assert new.report.form.name == "annual-2021"


@pytest.mark.parametrize("year", [2019, 2021, 2025])
def test_old_headings_in_a_later_report_stay_with_the_form_of_its_year(forestry: Draft, year: int) -> None:
    draft = Draft(forestry.text.replace("2012年", f"{year}年"), forestry.linter)
    assert draft.report.form.family == "annual"
    assert "national/required-tables" in [said.rule for said in draft.lint()]
    # A total in a table of another kind does not make it table three.
    assert draft.report.tables == {}


def test_a_year_before_all_forms(forestry: Draft) -> None:
    draft = Draft(forestry.text.replace("2012年", "2006年"), forestry.linter)
    assert [said.rule for said in draft.lint()] == ["reportlint/other-form"]


# The choice


def test_a_relation_for_a_form_that_was_not_chosen_is_no_mistake(compliant: Draft) -> None:
    linter = Linter.from_layers([Layer("test", extends=("national",), forms=("annual-2021",))])
    draft = Draft(compliant.text, linter)
    assert draft.lint() == []
    assert "national/documents-disclosed" not in draft.result.rules_run


def test_of_two_kinds_of_report_the_title_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "made_kind"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    grammar = (
        "report: (TITLE | TEXT | FIGURES)* section*\nsection: _heading (TITLE | TEXT | FIGURES)*\n_heading: ONE\n"
        'ONE: "一、总体情况"\nTITLE: /.{0,30}(?P<year>\\d{4})年工作总结/\nFIGURES: /[0-9]+/\nTEXT.-9: /.*/\n'
    )
    (package / "kind.lark").write_text(grammar, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    kind = Grammar("kind", "made_kind", "kind.lark")
    annual = Grammar("annual", "reportlint_grammars", "annual_2021.lark", years=(2021, None))
    assert kind.form.tables == {}
    for order in ([kind, annual], [annual, kind]):
        choice = Choice(order)
        assert choice.of("# 云溪县2024年工作总结\n\n一、总体情况") is kind
        assert choice.of("| 云溪县 |\n2024年政府信息公开工作年度报告\n一、总体情况") is annual
        assert [choice.covers(2010, name) for name in ("kind", "annual")] == [True, False]
    # Without a title, the words: all six sections against one.
    assert Choice([kind, annual]).of((EXAMPLES / "qinghe-town-2024.txt").read_text(encoding="utf-8")[30:]) is annual


def test_what_is_squeezed_is_found_in_labels() -> None:
    assert squeeze("本年收费金额\n（单位：\t万元） “三安全”，") == '本年收费金额(单位:万元)"三安全",'


@pytest.mark.parametrize("text", ["", "\n", "\ud800", "2020年", "（" * 1_000, "年" * 1_000])
def test_any_text_has_a_form(linter: Linter, text: str) -> None:
    assert linter.lint_text(text).report is not None


def test_the_form_of_2019_with_a_cell_a_line(transport: Draft) -> None:
    draft = Draft(transport.text.replace("\t", "\n"), transport.linter)
    assert draft.lint() == []
    assert draft.under(draft.at(("disclosure", "procurement", "purchase_amount"))) == "386.4万元"


def test_money_has_decimals(transport: Draft) -> None:
    draft = transport.put(("disclosure", "procurement", "purchase_amount"), "386.40")
    assert draft.report.tables["disclosure"].value("procurement", "purchase_amount") == Decimal("386.40")
    assert draft.lint() == []
