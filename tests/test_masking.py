"""What a concealing rule finds is whole in no output; the result's spans stay true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportlint_grammars
import reportlint_national
from reportlint import (
    Finding,
    Linter,
    NotAssessable,
    Note,
    Report,
    ReportlintError,
    Rule,
    Severity,
    Source,
    Span,
    hookimpl,
    rule,
)
from reportlint.cli import main
from reportlint.config import Ignore, Layer
from reportlint.formats import json as programs
from reportlint.formats import rendered, text
from reportlint.linter import settings_for
from reportlint.masking import Mask
from reportlint.packs import Packs
from reportlint.result import Result
from reportlint.testing import Draft

# No such region, no such issuer, a number that is given to nobody.
IDENTITY = "41999919900307001X"
CARD = "6200987654321012347"
MOBILE = "13900001234"
SECRETS = (IDENTITY, CARD, MOBILE)
HIDDEN = {IDENTITY: "419*************1X", CARD: "620**************47", MOBILE: "139******34"}

ALL_OUTPUTS = (
    ["check", "--output-format", "full"],
    ["check", "--output-format", "concise"],
    ["check", "--output-format", "json"],
    ["check", "--output-format", "full", "--fail-on", "error"],
    ["check", "--output-format", "full", "--select", "national"],
    ["check", "--output-format", "json", "--select", "national/cell-value,national/section-title"],
    ["parse"],
    ["extract"],
)


def bare(written: str) -> str:
    """The letters and digits of an output."""
    return "".join(character for character in written if character.isalnum())


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """All that a command writes."""
    main(arguments)
    outcome = capsys.readouterr()
    return outcome.out + outcome.err


# The mask


@pytest.mark.parametrize(
    ("secret", "masked"),
    [
        *HIDDEN.items(),
        ("139 0012 3456", "139 **** **56"),
        ("１３９００１２３４５６", "１３９******５６"),
        ("赵", "*"),
        ("赵钱", "**"),
        ("赵钱孙", "赵**"),
        ("赵钱孙李周吴", "赵钱***吴"),
        ("--", "**"),
        ("", ""),
    ],
)
def test_as_much_of_a_text_is_shown_as_cannot_be_guessed_from(secret: str, masked: str) -> None:
    source = f"甲{secret}乙"
    mask = Mask(source, [Span(1, 1 + len(secret))])
    assert mask.whole == f"甲{masked}乙"


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("“13900123456”", "“139******56”"),
        ("号码139-0012-3456", "号码139-****-**56"),
        ("号码 １３９００１２３４５６。", "号码 １３９******５６。"),
        ("13,900,123,456", "13,9**,***,*56"),
        # A message may cut what it quotes, or add to it.
        ("为“1390012345…”", "为“139******5…”"),
        ("之和为 13900123461", "之和为 139******61"),
        ("13900123456789", "139*********89"),
        # Too little of it to tell anything.
        ("2013年9001件，39001", "2013年9001件，39001"),
    ],
)
def test_parts_in_other_texts_are_hidden(said: str, masked: str) -> None:
    mask = Mask("13900123456", [Span(0, 11)])
    assert mask(said) == masked
    assert mask.hides(said) == (said != masked)


def test_nothing_concealed_leaves_every_text_as_it_is() -> None:
    source = "号码13900123456"
    mask = Mask(source, [])
    assert mask.whole is source
    assert mask(source) is source
    assert not mask.hides(source)


def test_a_stretch_over_a_line_end() -> None:
    assert Mask("1390012\n3456", [Span(0, 12)]).whole == "139****\n**56"


@settings(deadline=None, database=None)
@given(st.text(), st.data())
def test_a_mask_of_any_text(source: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(source))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=4))
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    mask = Mask(source, spans)
    assert len(mask.whole) == len(mask(source)) == len(source)
    for span in spans:
        secret = source[span.start : span.end]
        if secret.replace("*", ""):
            assert secret not in (mask.whole[span.start : span.end], mask(secret)) or not bare(secret)


# Every output


SECRET_CELLS = {
    ("disclosure", "licences", "decisions"): IDENTITY,
    ("requests", "received", "natural_person"): CARD,
    ("requests", "received", "business"): MOBILE,
    ("remedies", "reconsideration", "upheld"): MOBILE,
}


@pytest.fixture
def secret_draft(compliant: Draft) -> Draft:
    """Secrets in the title, a heading and prose, two on a line, and in cells, whose sums do not hold."""
    draft = compliant.replace("云溪县青禾镇人民政府2024年", f"云溪县青禾镇{MOBILE}人民政府2024年")
    draft = draft.replace("五、存在的主要问题及改进情况", f"五、存在的主要问题及改进措施 {MOBILE}")
    draft = draft.replace("全年没有需要责任追究的情形。", f"申请人孙某（{IDENTITY}，{MOBILE}），卡号{CARD}。")
    for cell, secret in SECRET_CELLS.items():
        draft = draft.put(cell, secret)
    return draft


def as_html(report: str) -> str:
    """A page that a report's text makes: a table of every run of lines with tabs."""
    lines: list[str] = []
    for line in report.splitlines():
        cells = line.split("\t")
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        lines.append(f"<table><tr>{row}</tr></table>" if len(cells) > 1 else f"<p>{line}</p>")
    joined = "\n".join(lines).replace("</table>\n<table>", "\n")
    return f"<html><body>{joined}</body></html>"


@pytest.fixture(params=["report.txt", "report.html"])
def secret_file(request: pytest.FixtureRequest, secret_draft: Draft, tmp_path: Path) -> Path:
    file = tmp_path / str(request.param)
    file.write_text(as_html(secret_draft.text) if file.suffix == ".html" else secret_draft.text, encoding="utf-8")
    return file


def test_the_report_with_secrets_is_found_out(secret_file: Path, linter: Linter) -> None:
    result = linter.lint_file(secret_file)
    found = [d.source.slice(d.span) for d in result.diagnostics if d.rule.startswith("privacy/") and d.span]
    assert {secret: found.count(secret) for secret in SECRETS} == {IDENTITY: 2, CARD: 2, MOBILE: 5}
    # Other rules quote the cell and compute with the figures.
    others = {d.rule for d in result.diagnostics if not d.rule.startswith("privacy/")}
    assert {
        f"national/{name}" for name in ("section-title", "cell-value", "request-balance", "remedy-footing")
    } <= others


@pytest.mark.parametrize("arguments", ALL_OUTPUTS, ids=" ".join)
def test_no_output_shows_a_secret(
    arguments: list[str], secret_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for colour in ("", "1"):
        monkeypatch.setenv("FORCE_COLOR", colour)
        written = shown([*arguments, str(secret_file)], capsys)
        assert len(written) > 200
        for secret in SECRETS:
            # Neither it nor a good part of it.
            parts = {secret[start : start + 6] for start in range(len(secret) - 5)}
            assert not [part for part in parts if part in bare(written)]


def test_a_concealed_figure_is_null_in_extract(secret_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(shown(["extract", str(secret_file)], capsys))
    for table, row, column in SECRET_CELLS:
        assert document["tables"][table][row][column] is None
    assert document["tables"]["requests"]["received"]["total"] == 5
    assert document["title"] == "云溪县青禾镇139******34人民政府2024年政府信息公开工作年度报告"
    assert document["sections"][4]["heading"] == "五、存在的主要问题及改进措施 139******34"


def test_a_concealed_figure_of_a_claim_is_null(compliant: Draft) -> None:
    draft = compliant.replace("申请5件", "申请13900001234件")
    span = draft.at("13900001234")
    [claim] = [
        c for c in json.loads(programs.extract(draft.report, [span]))["claims"] if c["subject"] == "newly_received"
    ]
    assert claim["value"] is None
    assert "139******34件" in claim["text"]


def test_frames_keep_their_columns(secret_draft: Draft) -> None:
    plain = secret_draft.result._replace(concealed=())
    masked, whole = (list(text.full(result)) for result in (secret_draft.result, plain))
    assert [len(line) for line in masked] == [len(line) for line in whole]
    assert masked != whole


def test_the_library_keeps_the_true_places(secret_draft: Draft) -> None:
    result = secret_draft.result
    assert result.source.text == secret_draft.text
    assert result.report is not None
    assert MOBILE in (result.report.title or "")
    assert {result.source.slice(span) for span in result.concealed} == set(SECRETS)
    assert list(result.concealed) == sorted(result.concealed)
    assert result.concealed == secret_draft.linter.concealed(secret_draft.report)


def test_fingerprints_are_made_of_what_is_shown(compliant: Draft) -> None:
    marks = []
    for secret in ("13900001234", "13987654334"):
        draft = compliant.replace("全年没有需要责任追究的情形。", f"全年没有需要责任追究的情形（孙某{secret}）。")
        [found] = draft.result.diagnostics
        assert found.message == "出现手机号码“139******34”"
        marks.append(found.fingerprint)
    assert marks[0] == marks[1]


# Whatever hides the finding


def linted(draft: Draft, *layers: Layer) -> Result:
    return Linter.from_layers(list(layers)).lint(Source(draft.text, "report.txt"))


def said(result: Result) -> str:
    return "".join([*text.full(result), *text.concise(result), rendered("json", [result])])


def test_a_path_that_is_ignored_is_masked(secret_draft: Draft, tmp_path: Path) -> None:
    ignored = Ignore(("privacy/mobile-number",), ("*.txt",), "published on purpose", str(tmp_path))
    linter = Linter.from_layers([Layer("test", ignore=(ignored,))])
    result = linter.lint(Source(secret_draft.text, str(tmp_path / "report.txt")))
    assert "privacy/mobile-number" not in result.rules_run
    assert "privacy/mobile-number" not in {d.rule for d in result.diagnostics}
    assert MOBILE not in said(result)
    assert {result.source.slice(span) for span in result.concealed} == set(SECRETS)


def test_rules_that_are_not_selected_mask_all_the_same(secret_draft: Draft) -> None:
    result = linted(secret_draft, Layer("test", extends=("national",)))
    assert not [rule for rule in result.rules_run if rule.startswith("privacy/")]
    assert MOBILE not in said(result)


def test_a_rule_that_is_ignored_everywhere_masks_nothing(secret_draft: Draft) -> None:
    ignored = Ignore(("privacy/mobile-number",), (), "published on purpose", "")
    result = linted(secret_draft, Layer("test", ignore=(ignored,)))
    assert MOBILE in said(result)
    assert IDENTITY not in said(result)
    again = linted(secret_draft, Layer("test", ignore=(ignored,)), Layer("nearer", select=("all",)))
    assert MOBILE not in said(again)


# Rules of other packs

NAME = "满意率为九成六"
MASKED_NAME = "满意****六"


def linter_with(*rules: Rule, select: tuple[str, ...] = ("demo",)) -> Linter:
    class Demo:
        @staticmethod
        @hookimpl
        def reportlint_rules() -> tuple[Rule, ...]:
            return rules

    packs = Packs({"grammars": reportlint_grammars, "national": reportlint_national, "demo": Demo})
    return Linter(packs, settings_for(packs, [Layer("test", extends=("national",), select=select)]))


def naming(*, conceals: bool, noted: bool = False) -> Rule:
    @rule(basis="x", severity=Severity.WARNING, name="conceals" if conceals else "quotes", conceals=conceals)
    def names(report: Report) -> Iterator[Finding]:
        """Names a name."""
        place = report.source.text.find(NAME)
        span = Span(place, place + len(NAME))
        yield Finding(None if noted else span, f"出现“{NAME}”", (Note(f"就是{NAME}", span),))

    return names


def failing(error: Exception, *, conceals: bool = False) -> Rule:
    @rule(basis="x", severity=Severity.WARNING, name=f"raises-{type(error).__name__.lower()}", conceals=conceals)
    def fails(report: Report) -> Iterator[Finding]:
        """Fails."""
        if report:
            raise error
        yield

    return fails


@pytest.mark.parametrize("noted", [False, True])
def test_messages_notes_and_frames_of_any_rule_are_masked(compliant: Draft, noted: bool) -> None:
    linter = linter_with(naming(conceals=True, noted=noted), naming(conceals=False))
    result = linter.lint(compliant.report.source)
    assert [d.message for d in result.diagnostics] == [f"出现“{MASKED_NAME}”"] * 2
    assert [note.message for d in result.diagnostics for note in d.notes] == [f"就是{MASKED_NAME}"] * 2
    assert NAME not in said(result)


def test_words_of_rules_that_fail_or_cannot_judge_are_masked(compliant: Draft) -> None:
    linter = linter_with(naming(conceals=True), failing(ValueError(NAME)), failing(NotAssessable(NAME)))
    result = linter.lint(compliant.report.source)
    assert result.failed
    assert result.diagnostics[0].message == f"规则 demo/raises-valueerror 出错，没有检查：ValueError：{MASKED_NAME}"
    assert [unassessed.reason for unassessed in result.not_assessable] == [MASKED_NAME]
    assert NAME not in said(result)


def test_where_a_concealing_rule_fails_all_is_concealed(compliant: Draft) -> None:
    linter = linter_with(failing(ValueError(NAME), conceals=True), naming(conceals=False), select=("demo/quotes",))
    result = linter.lint(compliant.report.source)
    assert result.failed
    assert result.concealed == (Span(0, len(compliant.text)),)
    assert [d.message for d in result.diagnostics] == [
        "规则 demo/raises-valueerror 出错（ValueError），不知道要遮盖什么，一概遮盖",
        "出现“*******”",
    ]
    assert NAME not in said(result)


def test_a_concealing_rule_that_cannot_judge_conceals_nothing(compliant: Draft) -> None:
    linter = linter_with(failing(NotAssessable("没有表格"), conceals=True))
    assert linter.concealed(compliant.report) == ()


def test_a_concealing_rule_for_another_form_is_not_run(compliant: Draft) -> None:
    other = failing(ValueError(), conceals=True)._replace(forms=frozenset({"other"}))
    assert linter_with(other).concealed(compliant.report) == ()


def test_a_concealing_rule_that_takes_too_long(compliant: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    linter = linter_with(naming(conceals=True))
    monkeypatch.setattr(linter, "rule_seconds", -1.0)
    with pytest.raises(ReportlintError, match=r"^规则 demo/conceals 出错（TimeoutError），不知道要遮盖什么$"):
        linter.concealed(compliant.report)


SHAKY = """\
from reportlint import Severity, hookimpl, rule

@rule(basis="x", severity=Severity.ADVICE, conceals=True)
def shaky(report):
    "Shaky."
    raise ValueError(report.title)

@hookimpl
def reportlint_rules():
    return (shaky,)
"""


def test_parse_and_extract_show_nothing_where_a_concealing_rule_fails(
    compliant: Draft, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "reportlint_shaky"
    pack.mkdir()
    (pack / "__init__.py").write_text(SHAKY, encoding="utf-8")
    (tmp_path / "reportlint.toml").write_text('packs = ["./reportlint_shaky"]\n', encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text(compliant.text, encoding="utf-8")
    for command in ("parse", "extract"):
        assert main([command, str(report)]) == 2
        outcome = capsys.readouterr()
        assert outcome.out == ""
        assert outcome.err == "reportlint: 规则 shaky/shaky 出错（ValueError），不知道要遮盖什么\n"
