"""A plain Lark grammar for reports, a line a token: what reading costs before anything is understood.

Lark's own contextual lexer finds the tokens; the lines of the form have terminals of their own.
Nothing is folded, repaired or lowered: this is the floor that `linter.read` is held against.
"""

from lark import Lark
from lark.lexer import Token
from lark.tree import Tree

SECTIONS = {
    "OVERVIEW": "一、总体情况",
    "PROACTIVE_DISCLOSURE": "二、主动公开政府信息情况",
    "REQUESTS": "三、收到和处理政府信息公开申请情况",
    "REMEDIES": "四、政府信息公开行政复议、行政诉讼情况",
    "IMPROVEMENT": "五、存在的主要问题及改进情况",
    "OTHER_MATTERS": "六、其他需要报告的事项",
}
DISCLOSURE = {
    "ARTICLE": "第二十条第",
    "CONTENT": "信息内容",
    "RULES": "规章",
    "DOCUMENTS": "行政规范性文件",
    "LICENCES": "行政许可",
    "PENALTIES": "行政处罚",
    "COMPULSION": "行政强制",
    "CHARGES": "行政事业性收费",
}
REQUEST_ROWS = {
    "RECEIVED": "一、本年新收政府信息公开申请数量",
    "BROUGHT_FORWARD": "二、上年结转政府信息公开申请数量",
    "GRANTED": "（一）予以公开",
    "PARTLY_GRANTED": "（二）部分公开",
    "STATE_SECRET": "1.属于国家秘密",
    "PROHIBITED": "2.其他法律行政法规禁止公开",
    "SECURITY": "3.危及“三安全一稳定”",
    "THIRD_PARTY": "4.保护第三方合法权益",
    "INTERNAL": "5.属于三类内部事务信息",
    "DELIBERATIVE": "6.属于四类过程性信息",
    "ENFORCEMENT": "7.属于行政执法案卷",
    "INQUIRY": "8.属于行政查询事项",
    "NO_RECORDS": "1.本机关不掌握相关政府信息",
    "NEEDS_MAKING": "2.没有现成信息需要另行制作",
    "UNCLEAR": "3.补正后申请内容仍不明确",
    "COMPLAINT": "1.信访举报投诉类申请",
    "DUPLICATE": "2.重复申请",
    "PUBLISHED": "3.要求提供公开出版物",
    "VEXATIOUS": "4.无正当理由大量反复申请",
    "REISSUE": "5.要求行政机关确认或重新出具已获取信息",
    "UNCORRECTED": "1.申请人无正当理由逾期不补正",
    "UNPAID": "2.申请人逾期未按收费通知要求缴纳费用",
    "OTHERWISE": "3.其他",
    "PROCESSED": "（七）总计",
    "CARRIED_FORWARD": "四、结转下年度继续办理",
}
REQUEST_HEADS = {
    "ARTICULATION": "（本列数据的勾稽关系为",
    "DISPOSITION": "三、本年度办理结果",
    "DENIED": "（三）不予公开",
    "UNAVAILABLE": "（四）无法提供",
    "UNHANDLED": "（五）不予处理",
    "OTHER_CLOSING": "（六）其他处理",
}
REMEDY_HEADS = {"RECONSIDERATION": "行政复议", "LITIGATION": "行政诉讼", "OUTCOME": "结果维持"}

GROUP_BEFORE = {
    "GRANTED": "DISPOSITION",
    "STATE_SECRET": "DENIED",
    "NO_RECORDS": "UNAVAILABLE",
    "COMPLAINT": "UNHANDLED",
    "UNCORRECTED": "OTHER_CLOSING",
}
"""The head that stands before a row's label on its line, where the table has merged cells."""

_RULES = """
start: TEXT* section*
section: _heading (TEXT | FIGURES)* (disclosure | requests | remedies)*
disclosure: _disclosure (_disclosure | TEXT | FIGURES)*
requests: _request (_request | TEXT | FIGURES)*
remedies: _remedy (_remedy | TEXT | FIGURES)*
"""


def grammar() -> str:
    """The grammar's text."""
    heads = DISCLOSURE | REQUEST_HEADS | REMEDY_HEADS
    lines = [
        _RULES,
        f"_heading: {' | '.join(SECTIONS)}",
        f"_disclosure: {' | '.join(DISCLOSURE)}",
        f"_request: {' | '.join(REQUEST_ROWS | REQUEST_HEADS)}",
        f"_remedy: {' | '.join(REMEDY_HEADS)}",
        *(rf"{name}.3: /{words}[ \t]*\n+/" for name, words in SECTIONS.items()),
        *(rf"{name}.2: /{_before(name)}{_escape(words)}[^\n]*\n+/" for name, words in REQUEST_ROWS.items()),
        *(rf"{name}.1: /{_escape(words)}[^\n]*\n+/" for name, words in heads.items()),
        r"FIGURES.1: /\d[\d \t|.]*\n+/",
        r"TEXT: /[^ \t|\n][^\n]*\n+/",
        r"%ignore /[ \t|\n]+/",
    ]
    return "\n".join(lines)


def _before(row: str) -> str:
    head = GROUP_BEFORE.get(row)
    return rf"(?:{REQUEST_HEADS[head]}[ \t|]+)?" if head else ""


def _escape(words: str) -> str:
    return words.replace(".", r"\.")


def build() -> Lark:
    """The parser, without a transformer and without positions beyond those that tokens have."""
    return Lark(grammar(), parser="lalr", lexer="contextual")


def parse(parser: Lark, text: str) -> Tree[Token]:
    """The tree of a report that ends in a line end."""
    return parser.parse(text)
