"""Grammars: what they compile to, that the tables run as Lark runs them, and what prose says."""

from __future__ import annotations

from decimal import Decimal

import lark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import Linter
from reportlint.errors import GrammarError
from reportlint.grammar import Grammar, _read
from reportlint.grammar.compiler import build, compile_grammar
from reportlint.grammar.tables import Node, Tables, Token, plain
from reportlint.lowering.numerals import number
from reportlint.lowering.statements import StatementReader
from reportlint.source import Span
from reportlint.testing import Draft

PACKAGE = "reportlint_grammars"
GRAMMARS = {
    "annual_2008.lark": "report",
    "annual_2019.lark": "report",
    "annual_2021.lark": "report",
    "claims.lark": "claims",
}


def lark_grammar(file: str) -> lark.Lark:
    return build(_read(PACKAGE, file), GRAMMARS[file], file, _read)


@pytest.fixture(scope="module", params=sorted(GRAMMARS))
def both(request: pytest.FixtureRequest) -> tuple[lark.Lark, Tables]:
    """A grammar as Lark has it, and as our tables."""
    file = request.param
    return lark_grammar(file), compile_grammar(_read(PACKAGE, file), GRAMMARS[file], file, _read)


def same_tree(node: object) -> object:
    """A tree of either kind, as tuples."""
    if isinstance(node, lark.Tree):
        return (plain(str(node.data)), [same_tree(child) for child in node.children])
    if isinstance(node, Node):
        return (node.name, [same_tree(child) for child in node.children])
    if isinstance(node, lark.Token):
        return (node.type, str(node))
    return (node.type, node.text)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_the_tables_make_the_trees_that_lark_makes(both: tuple[lark.Lark, Tables], data: st.DataObject) -> None:
    grammar, tables = both
    names = [terminal.name for terminal in tables.terminals if terminal.name not in tables.ignored]
    types = data.draw(st.lists(st.sampled_from(names), max_size=30))
    ours = tables.parse(Token(name, str(index), index) for index, name in enumerate(types))
    try:
        theirs = grammar.parse([lark.Token(name, str(index)) for index, name in enumerate(types)])  # type: ignore[arg-type]
    except lark.exceptions.UnexpectedInput:
        assert ours is None
    else:
        assert ours is not None
        assert same_tree(ours) == same_tree(theirs)


MARKS = r"""
start: item+ -> items
item: NAME "=" value ";"
?value: NAME | NUMBER -> number | "(" _list ")"
_list: value ("," value)*
NAME: "a" | "b"
NUMBER: "1"
"""


@pytest.mark.parametrize(
    "words", ["a=b;", "a=1;", "a=(b);", "a=(b,1,a);b=1;", "a=((a,b),b);", "a=;", "a=(b;", "", "a=(1);a=(a,b);"]
)
def test_inlining_aliases_and_filtered_tokens(words: str) -> None:
    def read(package: str, file: str) -> str:
        raise GrammarError(f"{package} {file}")

    grammar, tables = build(MARKS, "start", "marks", read), compile_grammar(MARKS, "start", "marks", read)
    plain_lark = lark.Lark(MARKS, parser="lalr", maybe_placeholders=False)
    tokens = list(plain_lark.lex(words))
    ours = tables.parse(Token(token.type, str(token), 0) for token in tokens)
    try:
        theirs = grammar.parse(tokens)  # type: ignore[arg-type]
    except lark.exceptions.UnexpectedInput:
        assert ours is None
    else:
        assert same_tree(ours) == same_tree(theirs)


def test_tables_survive_the_cache() -> None:
    tables = compile_grammar(_read(PACKAGE, "claims.lark"), "claims", "claims", _read)
    assert Tables.of(tables.plain()) == tables


def test_the_form_as_the_grammar_has_it(linter: Linter) -> None:
    form = linter.packs.grammars["annual-2021"].form
    assert len(form.sections) == 6
    assert [len(form.rows(table)) for table in ("disclosure", "requests", "remedies")] == [6, 25, 3]
    cells = {table: sum(len(form.columns(table, row)) for row in form.rows(table)) for table in form.tables}
    assert cells == {"disclosure": 10, "requests": 175, "remedies": 15}
    assert form.label("requests") == "三、收到和处理政府信息公开申请情况"
    assert not form.covers(2020)
    assert form.covers(2021)


@pytest.mark.parametrize(
    "text",
    [
        "start: A\nA: /a/",
        "report: A\n_heading: A\nA: /a/",
        "report: _t _h\n_h: X\n_t: t\nt: _b_row\n_b_row: X\n_heading: X\n_table: t\nX: /x/",
    ],
)
def test_a_grammar_that_breaks_the_vocabulary(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportlint.grammar._read", lambda *_: text)
    with pytest.raises(GrammarError):
        _ = Grammar("broken", "nowhere", "broken.lark").form


# Claims: sentences written for the tests, the turns of phrase those of real reports.

SAID = [
    ("本年度未收到政府信息公开申请", {"received": 0}),
    ("全年没有接到公民、法人或其他组织提出的信息公开申请", {"received": 0}),
    ("未收到群众要求公开的政府信息", {"received": 0}),
    ("没有收到和处理依申请公开事项", {"received": 0}),
    ("无依申请公开事项", {"received": 0}),
    ("新收政府信息公开申请0起，上年结转政府信息公开申请0起", {"newly_received": 0, "brought_forward": 0}),
    ("收到0件信息公开申请", {"received": 0}),
    ("受理的政府信息公开申请为0宗", {"received": 0}),
    ("受理政府信息公开申请数量为0", {"received": 0}),
    ("共收到政府信息公开申请 1,204 件", {"received": 1204}),
    ("收到７份政府信息依申请公开事项", {"received": 7}),
    ("收到政府信息公开申请十二件", {"received": 12}),
    ("收到政府信息公开申请1.2万件", {"received": 12000}),
    ("共受理政府信息公开申请30件（含上年结转2件）", {"incoming": 30, "brought_forward": 2}),
    ("（二）依申请公开。全年共收到申请9件", {"received": 9}),
    ("没有因依申请公开引起的行政复议和行政诉讼", {"reconsideration": 0, "litigation": 0}),
    ("未发生因政府信息公开工作引起的举报、申请行政复议或提起行政诉讼", {"reconsideration": 0, "litigation": 0}),
    ("全年无政府信息公开行政复议、行政诉讼情况", {"reconsideration": 0, "litigation": 0}),
    ("涉及政府信息公开的行政复议、行政诉讼案件均为0件", {"reconsideration": 0, "litigation": 0}),
    ("行政复议2件（均已撤回），行政诉讼1件", {"reconsideration": 2, "litigation": 1}),
    ("没有发生一起因政府信息公开引起的行政复议", {"reconsideration": 0}),
    ("未收取信息处理费", {"fee.collected": 0}),
    ("实际收取信息处理费共计380元", {"fee.collected": 380}),
    ("没有产生信息处理费", {"fee.notices": 0, "fee.amount": 0, "fee.collected": 0}),
    ("发出收费通知2件，总金额600元，实际收取400元", {"fee.notices": 2, "fee.amount": 600, "fee.collected": 400}),
    ("发出收费通知的件数和总金额，以及实际收取的总金额均为0", {"fee.notices": 0, "fee.amount": 0, "fee.collected": 0}),
    ("未对依申请公开信息收取任何费用", {"fee.collected": 0}),
    ("收到网上提交的政府信息公开申请3件", {"channel.online": 3}),
    ("自然人提出政府信息公开申请6件", {"natural_person": 6}),
    ("行政事业性收费总金额18.5万元", {"administrative_fees": Decimal("18.5")}),
    ("共收到申请9件", {"received": 9}),
]

NOT_SAID = [
    "并非没有收到政府信息公开申请",
    "不是没有行政复议和行政诉讼",
    "绝非未收到政府信息公开申请",
    "未发生行政复议被纠错、行政诉讼败诉的情况",
    "未出现行政诉讼被撤销或者败诉的案件",
    "没有逾期未答复的政府信息公开申请",
    "门户网站没有依申请公开专栏",
    "收到政府信息公开申请后，严格按规定办理",
    "收到的政府信息公开申请比上年减少3件",
    "全年受理行政许可申请302件",
    "收到低保申请40份",
    "总金额300元",
    "去年收到政府信息公开申请5件",
    "主动公开政府信息312条",
]


@pytest.fixture(scope="module")
def reader() -> StatementReader:
    return StatementReader(Grammar("claims", PACKAGE, "claims.lark", kind="claims"))


@pytest.mark.parametrize(("sentence", "said"), SAID)
def test_what_a_sentence_says(reader: StatementReader, sentence: str, said: dict[str, int]) -> None:
    for text in (sentence, f"{sentence}。", " ".join(sentence)):
        claims = list(reader.read(text, [Span(0, len(text))]))
        assert {claim.subject: claim.value for claim in claims} == said
        assert len(claims) == len(said)


@pytest.mark.parametrize("sentence", NOT_SAID)
def test_what_only_looks_like_it(reader: StatementReader, sentence: str) -> None:
    assert list(reader.read(sentence, [Span(0, len(sentence))])) == []


def test_what_a_claim_holds(reader: StatementReader) -> None:
    text = "2024年，全县共收到政府信息公开申请约300余件"
    (claim,) = reader.read(text, [Span(0, len(text))])
    assert (claim.subject, claim.value, claim.unit, claim.scope) == ("received", 300, "件", "全县")
    assert (claim.approximate, claim.denied, claim.year) == (True, False, 2024)
    assert text[claim.span.start : claim.span.end] == "收到政府信息公开申请约300余件"


def test_sentences_alike_but_for_their_figures(reader: StatementReader) -> None:
    for year, count in ((2023, 17), (2025, 48), (2021, 90)):
        text = f"{year}年共收到政府信息公开申请{count}件"
        (claim,) = reader.read(text, [Span(0, len(text))])
        assert (claim.year, claim.value) == (year, count)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,204", 1204),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("二〇", 20),
        ("三万", 30000),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert number(text) == value


def test_a_form_knows_which_labels_stand_over_a_row_or_column(compliant: Draft) -> None:
    form = compliant.report.form
    assert form.over["state_secret"] == ("disposition", "denied")
    assert form.over["processed"] == ("disposition",)
    assert form.over["other_organisation"] == ("organisations",)
    assert form.over["penalties"] == ("article_20_6",)
    assert form.over["litigation_after_reconsideration"] == ("litigation",)
    assert "received" not in form.over
    assert "natural_person" not in form.over
    assert "total" not in form.over
    older = Draft.compliant(year=2020).report.form
    assert older.over["other_services"] == ("article_20_5",)
    assert older.over["otherwise_closed"] == ("disposition",)
