"""The pack `text`: one slip in a compliant report, all that the pack says compared; and what is no slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint import Edit, Linter, Rule, Severity
from reportlint.model import Report
from reportlint.readers.html import read_html
from reportlint.source import Source
from reportlint.testing import Draft, Said

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
REAL = Path(__file__).parent.parent.parent / "shared" / "reports"
LINTER = Linter.from_layers([])
COMPLIANT = Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", LINTER)
RULES = [rule for name, rule in LINTER.settings.rules.items() if name.startswith("text/")]
NAMES = [rule.name for rule in RULES]
AFTER = "发布前由经办人、科室负责人和分管领导依次审核。"


def with_paragraph(words: str) -> Draft:
    """The compliant report with a paragraph more."""
    return COMPLIANT.replace(AFTER, f"{AFTER}\n\n{words}")


def said(draft: Draft) -> list[tuple[str, str | None, str]]:
    """What the pack says: the rule's bare name, the words at its place, the message."""
    return [(one.rule[5:], draft.under(one.span), one.message) for one in draft.lint(*NAMES)]


def fixed(rule: Rule, text: str) -> str:
    """A text with all fixes of one rule, safe or not; of edits that overlap the first counts."""
    edits: list[Edit] = []
    for finding in rule.run(LINTER.read(Source(text)), {}):
        edits.extend(finding.fix.edits if finding.fix else ())
    parts, end = [], 0
    for edit in sorted(edits):
        if edit.span.start >= end:
            parts += (text[end : edit.span.start], edit.text)
            end = edit.span.end
    return "".join([*parts, text[end:]])


def test_the_pack_is_in_force_by_default_and_for_every_form() -> None:
    assert len(RULES) == 8
    assert all(rule.forms == frozenset() for rule in RULES)
    assert max(rule.severity for rule in RULES) is Severity.WARNING


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*")), ids=lambda path: path.name)
def test_the_examples_have_no_slip(path: Path) -> None:
    assert said(Draft.from_file(path, LINTER)) == []


SLIPS = [
    # Words
    ("推进政府信息公开工作工作。", "doubled-word", "工作工作", "“工作”连写了 2 次"),
    ("请村民打分，满意率满意率为九成六。", "doubled-word", "满意率满意率", "“满意率”连写了 2 次"),
    ("全年收到申请公开公开的来信两封。", "doubled-word", "公开公开", "“公开”连写了 2 次"),
    ("未收到政府信息公开公开申请。", "doubled-word", "公开公开", "“公开”连写了 2 次"),
    ("镇里的栏目栏目栏目已经合并。", "doubled-word", "栏目栏目栏目", "“栏目”连写了 3 次"),
    ("年初，一是一是加强领导。", "doubled-word", "一是一是", "“一是”连写了 2 次"),
    ("取得的的成绩有目共睹。", "doubled-word", "的的", "“的”连写了 2 次"),
    ("完善了了公开机制。", "doubled-word", "了了", "“了”连写了 2 次"),
    # Marks
    ("规范流程，，提高效率。", "doubled-punctuation", "，，", "“，”连用了 2 次"),
    ("规范流程,,提高效率。", "doubled-punctuation", ",,", "“,”连用了 2 次"),
    ("规范流程、，提高效率。", "doubled-punctuation", "、，", "标点“、，”连用，其中有多余的"),
    ("规范流程；。", "doubled-punctuation", "；。", "标点“；。”连用，其中有多余的"),
    ("坚持“应公开尽公开。”。", "doubled-punctuation", "。”。", "后引号的前后都有“。”"),
    ("公示了补贴、低保。。。。等事项。", "doubled-punctuation", "。。。。", "省略号写成了 4 个句号"),
    ("规范流程,提高效率。", "half-width-punctuation", ",", "汉字之间的“,”是半角，通行用全角“，”"),
    ("由副局长李𬭎,负责此事。", "half-width-punctuation", ",", "汉字之间的“,”是半角，通行用全角“，”"),
    ("收到12件,均已答复。", "half-width-punctuation", ",", "汉字之间的“,”是半角，通行用全角“，”"),
    ("规范流程; 提高效率。", "half-width-punctuation", ";", "汉字之间的“;”是半角，通行用全角“；”"),
    ("发布要求如下:", "half-width-punctuation", ":", "汉字之间的“:”是半角，通行用全角“：”"),
    (
        "满意的(含基本满意的)占九成。",
        "half-width-punctuation",
        "(含基本满意的)",
        "中文的括号有 1 处是半角，另有 5 处是全角，通行用全角",
    ),
    ("满意的（含基本满意的)占九成。", "half-width-punctuation", "（含基本满意的)", "括号“（)”一个半角、一个全角"),
    # Brackets
    ("加强管理（含发布，提高水平。", "unmatched-bracket", "（", "“（”没有与它成对的“）”"),
    ("加强管理），提高水平。", "unmatched-bracket", "）", "“）”没有与它成对的“（”"),
    ("落实《条例的规定。", "unmatched-bracket", "《", "“《”没有与它成对的“》”"),
    ("落实“三审制度。", "unmatched-bracket", "“", "前引号没有与它成对的后引号"),
    ("落实三审”制度。", "unmatched-bracket", "”", "后引号没有与它成对的前引号"),
    ("落实“三审“制度。", "unmatched-bracket", "“", "引号两边都是前引号，后一个的方向相反"),
    ("落实”三审”制度。", "unmatched-bracket", "”", "引号两边都是后引号，前一个的方向相反"),
    (
        "(六) 其他工作。公开栏每月更新。",
        "numbering-brackets",
        "(六)",
        "编号“(六)”的括号与全文不一致，另 5 处是全角的“（）”",
    ),
    # White space
    ("做好政 府 信 息公开，及时更新。", "stray-space", " 府 信 ", "“好政 府 信 息公”的汉字之间有空格"),
    ("及时更新栏目，公开 工作有序推进。", "stray-space", " ", "“公开 工作”的汉字之间有空格"),
    ("公开工作有序推进，栏目更新及时 。", "stray-space", " 。", "“。”之前有空格"),
    ("栏目在2 022年更新。", "stray-space", "2 022", "年份“2 022”中间有空格"),
    # Stops
    (
        "加强网站建设，全年更新栏目六个。组织业务培训两次，参加人员共有四十人次",
        "missing-stop",
        "次",
        "段落以“人员共有四十人次”结束，没有句号",
    ),
]


@pytest.mark.parametrize(("words", "rule", "place", "message"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_named(words: str, rule: str, place: str, message: str) -> None:
    assert said(with_paragraph(words)) == [(rule, place, message)]


NO_SLIPS = """
常常渐渐人人层层事事时时抓，一一落实，家家户户、方方面面、进进出出都满意，多多益善，处处、件件、事事有回音。
请科室研究研究、讨论讨论，再学习学习再学习，一个一个解决，文件一件一件看，一项一项落实，一步一步推进，逐条逐条核对。
云溪县人民政府政府信息公开工作由人民政府政府网站承担，人民政府政府办公室负责，按政府政府采购目录执行。
二〇二〇年、二零二零年、百分之九十九十五、三五三五，都是数字。
办公室办公室主任、公安局公安局长、委员会委员会议参加会议会议议题讨论，党支部党支部书记签字。
信息公开工作工作方案、工作工作人员、信息管理管理办法、政务公开公开栏、公开公开指南、信息信息化、公开公开情况通报。
中国国家图书馆、依法法治、不得得罪、工作作风、上海海关、长江江苏段、发展展望、2023年年度报告、主动动态、公开开展。
是不是不及时、能不能不收、有没有没落实的、好的好的。
改革改革再改革，落实落实再落实。
为了了解群众需求，除了了解之外，达到目的的手段，标的的公示，的的确确，一目了然。
认真研究研究会的建议，讨论讨论稿，会同同级司法行政部门，将将军路的信息，对对象不明的申请。
好处多多，热热闹闹，明明白白，实实在在，切切实实，清清楚楚，原原本本，多种多样，越来越多，有声有色。
户户通、村村通工程，天天更新、月月公示、年年评比、次次到位、刚刚、仅仅、往往、纷纷、足足。
村民村民代表、年度年度考核、2023年度年度报告、各有关部门部门之间、各单位单位负责人、干部干部队伍。
服务服务对象、服务服务业、建设建设用地、教育教育系统、行政行政许可、社会社会信用、社区社区路。
（一）主动公开主动公开政府信息三百条，更新及时。
（四）政府信息公开平台建设平台建设方面做了三件事。
上午8:30至11:30、1,234件、2023-01-01、比例为3:2、网址http://www.qinghe.gov.cn:80/a,b?c=1,d;e。
使用app,微信等。English text, with commas; and (brackets).
“为什么？”他问：“真的吗？！”好！！……——等等……
有三问：谁来办？、怎么办？、何时办？
1）加强领导；2）健全制度；3)抓好落实。
（详见附件1）。落实《关于印发〈办法〉的通知》，“应‘公开’尽公开”。
依据国办公开办函(2021)30号，第二十条第(一)项。
浏览[政府网站](http://www.qinghe.gov.cn/公开)查看。
1,加强领导
李?伟同志到会。
目 录
附 件：总 计
主动公开 全年主动公开信息三百条，其中村务公开栏更新频繁。
主 动 公 开 全年主动公开信息三百条，其中村务公开栏更新频繁。
全年召开了座谈会，张三丰 李四光同志参加。
云溪县青禾镇人民政府 2025年1月20日
联系地址：云溪县青禾镇幸福路12号，邮政编码：000000，电话：0000-0000000。咨询时间为工作日，欢迎来镇政府大楼102室
全年召开了四次会议，研究公开工作，布置下一步任务。云溪县青禾镇人民政府办公室
图1 全年发布信息的渠道和数量，其中网站最多。各渠道所占的比例见上图
全年发布信息：政策文件12条；公告30条；其他8条
下设四个中心 便民中心 综治中心 网格中心
一是加强领导。二是健全制度三是抓好落实。
其中一是培训，其二是宣传，第三是考核，一是一、二是二。
依据《条例》（国令第711号）（以下简称《条例》），“一网通办”“最多跑一次”改革。
2024 年发布信息 12 条，收到申请 3 件。
阿卜杜拉·买买提同志、李 明同志参加。
首页 > 政府信息公开 > 政府信息公开指南
""".strip().splitlines()


@pytest.mark.parametrize("words", NO_SLIPS)
def test_what_looks_like_a_slip_and_is_none(words: str) -> None:
    assert said(with_paragraph(words)) == []


def test_a_word_that_may_be_meant_is_advice() -> None:
    for words, severity in (
        ("推进政府信息公开工作工作。", Severity.WARNING),
        ("推进政府信息公开工作工作方案。", None),
        ("未收到政府信息公开公开申请。", Severity.ADVICE),
    ):
        found = [one.severity for one in with_paragraph(words).result.diagnostics if one.rule in NAMES]
        assert found == ([severity] if severity else []), words


def test_a_preface_may_be_wrapped_within_a_name() -> None:
    assert COMPLIANT.replace("国政府信息公开条例》", "国政府信息\n公开条例》").lint() == []
    assert COMPLIANT.replace("国政府信息公开条例》", "国政府信息公开\n条例").lint("text/unmatched-bracket") != []


def test_tables_are_not_read() -> None:
    for old, new in (("规章\t0", "规  章\t0"), ("商业企业", "商业 企业"), ("（三）不予公开", "(三)不予公开,,")):
        assert said(COMPLIANT.replace(old, new)) == []


def test_half_width_commas_throughout_are_one_finding() -> None:
    draft = Draft(COMPLIANT.text.replace("，", ","), LINTER)
    [finding] = [one for one in draft.result.diagnostics if one.rule == "text/half-width-punctuation"]
    assert finding.severity is Severity.ADVICE
    assert finding.message == "汉字之间的标点有 21 处是半角（“,” 21 处），通行用全角"
    assert len(finding.notes) == 20
    assert finding.fix is not None
    assert len(finding.fix.edits) == 21


def test_many_half_width_commas_among_others_are_a_warning() -> None:
    draft = Draft(COMPLIANT.text.replace("，", ",", 8), LINTER)
    [finding] = [one for one in draft.result.diagnostics if one.rule == "text/half-width-punctuation"]
    assert finding.severity is Severity.WARNING
    assert len(finding.notes) == 7


def test_figures_with_and_without_white_space_are_one_advice() -> None:
    text = COMPLIANT.text.replace("2024年1月1日至2024年12月31日", "2024 年 1 月 1 日至 2024 年 12 月 31 日")
    [finding] = [one for one in Draft(text, LINTER).result.diagnostics if one.rule in NAMES]
    assert (finding.rule, finding.severity) == ("text/figure-spacing", Severity.ADVICE)
    assert finding.message == "数字与汉字之间有空格的 11 处，没有空格的 27 处，写法不一致"
    [rule] = [rule for rule in RULES if rule.name == "text/figure-spacing"]
    assert fixed(rule, text) == COMPLIANT.text


def test_a_bracket_that_the_next_paragraph_closes_is_closed() -> None:
    assert said(with_paragraph("说明（一是网站：\n\n二是公开栏）。")) == []
    assert [one[0] for one in said(with_paragraph("说明（一是网站。\n\n三是展板。\n\n二是《公开栏）。"))] != []


def test_lines_that_a_page_broke_have_no_white_space_of_their_own() -> None:
    lines = "云溪县青禾镇在全年的政府信息公 开工作中注重规范 ，\n及时更新栏目，做好政 府信息公开的各项日常工作，对群众\n关心的事项逐件作出说明并且在公开栏里张贴，同时把\n政府信息公开 的要求写进村规民约，做到人人知晓"
    assert said(with_paragraph(lines)) == []


def test_white_space_of_a_web_page_is_no_slip() -> None:
    page = COMPLIANT.text.replace("依次审核。", "依次审核，<b>公开</b> <b>工作</b>有序。").replace("\n\n", "<p>")
    report = LINTER.read(read_html(page, "page.html"))
    assert "公开 工作有序" in report.source.text
    assert [finding for rule in RULES if rule.name == "text/stray-space" for finding in rule.run(report, {})] == []


@pytest.mark.skipif(not REAL.is_dir(), reason="the published reports are not here")
def test_published_reports() -> None:
    seed = Draft.from_file(REAL / "minquan-bodang-2022.txt", LINTER)
    assert said(seed) == [
        ("half-width-punctuation", ",", "汉字之间的“,”是半角，通行用全角“，”"),
    ]
    for name in ("hongze-2023.pdf.txt", "city-2025.html"):
        assert [one for one in LINTER.lint_file(REAL / name).diagnostics if one.rule in NAMES] == []


# What holds of every text

WORDS = st.one_of(
    st.sampled_from(
        ("公开", "工作", "信息", "满意率", "政府", "一是", "二是", "三是", "的", "了", "年", "（一）", "(二)", "1.")
    ),
    st.sampled_from(
        [*"，。、；：！？,;:!?()（）“”《》 \n\t|2\u3000\xa0\ud800𠮷\r\f", "\n\n", "12", "2023", "a", "URL"]
    ),
)
texts = st.one_of(
    st.text(),
    st.lists(WORDS, max_size=60).map("".join),
    st.lists(WORDS, max_size=60).map(lambda words: with_paragraph("".join(words)).text),
)
usual = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def figures(report: Report) -> list[object]:
    return [(name, place, cell.value) for name, table in report.tables.items() for place, cell in table.cells.items()]


def stated(report: Report) -> Counter[object]:
    return Counter((claim.subject, claim.value, claim.unit) for claim in report.claims)


@settings(usual, max_examples=150)
@given(texts)
def test_any_text(text: str) -> None:
    report = LINTER.read(Source(text))
    for rule in RULES:
        for finding in rule.run(report, {}):
            spans = [finding.span, *(note.span for note in finding.notes)]
            if finding.fix:
                spans += [edit.span for edit in finding.fix.edits]
                ends = sorted(edit.span for edit in finding.fix.edits)
                assert all(before.end <= after.start for before, after in pairwise(ends))
            assert all(span is not None and 0 <= span.start <= span.end <= len(text) for span in spans)


@settings(usual, max_examples=100)
@given(st.lists(st.sampled_from(SLIPS), min_size=1, max_size=5, unique=True))
def test_a_rule_is_silent_once_its_fixes_are_made(slips: list[tuple[str, str, str, str]]) -> None:
    text = with_paragraph("\n\n".join(slip[0] for slip in slips)).text
    before = LINTER.read(Source(text))
    for rule in RULES:
        mended = fixed(rule, text)
        report = LINTER.read(Source(mended))
        assert [finding for finding in rule.run(report, {}) if finding.fix is not None] == []
        assert figures(report) == figures(before)
        # A sentence that was not understood for a slip in it may be understood now.
        assert stated(before) <= stated(report)


@settings(usual, max_examples=30)
@given(st.lists(WORDS, max_size=30))
def test_fixes_come_to_an_end(words: list[str]) -> None:
    """What is mended may bring up another slip, but not without end."""
    for rule in RULES:
        mended = f"一、总体情况\n\n{''.join(words)}"
        for _ in range(12):
            before, mended = mended, fixed(rule, mended)
            if before == mended:
                break
        else:
            pytest.fail(f"{rule.name} mends {words} for ever")


def hostile() -> Iterator[tuple[str, str]]:
    size = 300_000
    for pattern in (
        "公",
        "公开",
        "公开工作",
        "（",
        "“",
        "）",
        "，",
        ",",
        "公 ",
        "2 ",
        "一是二是",
        "公,",
        "(公",
        "1）",
        "《（”",
    ):
        yield pattern, pattern * (size // len(pattern))
    yield "lines", "公开工作，及时更新 信息，公开\n\n" * (size // 18)


@pytest.mark.parametrize("words", [pytest.param(text, id=name) for name, text in hostile()])
def test_long_texts_take_linear_time(words: str) -> None:
    report = LINTER.read(Source(f"{COMPLIANT.text}\n\n{words}。"))
    for rule in RULES:
        start = perf_counter()
        for _ in zip(rule.run(report, {}), range(10_000), strict=False):
            pass
        assert perf_counter() - start < 5, rule.name


def test_said_is_of_the_kit() -> None:
    draft = with_paragraph("规范流程，，提高效率。")
    assert draft.lint() == [Said("text/doubled-punctuation", draft.at("，，"), "“，”连用了 2 次")]


@pytest.mark.parametrize(
    ("words", "message"),
    [("全年信 息公开有序", "“年信 息公”的汉字之间有空格"), ("在村务栏 张榜公布", None), ("公开 范围扩大", None)],
)
def test_a_space_in_a_word_that_stands_together_time_and_again(words: str, message: str | None) -> None:
    draft = Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", LINTER).replace("修订公开事项清单", words)
    assert [said.message for said in draft.lint("text/stray-space")] == ([message] if message else [])
