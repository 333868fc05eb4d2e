"""Twenty mistakes planted in a compliant report, each of another kind: what was changed, and which rule has to say so."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.testing import Draft


class Mistake(NamedTuple):
    """One change of the text, or of a cell."""

    rule: str
    kind: str
    old: str | tuple[str, str, str]
    """Words that occur once, or a cell: table, row, column."""
    new: str


MISTAKES = (
    Mistake("national/request-footing", "the outcomes do not add up", ("requests", "granted", "natural_person"), "53"),
    Mistake("national/remedy-footing", "a total of table four", ("remedies", "litigation_after_reconsideration", "total"), "0"),
    Mistake("national/blank-cell", "a cell left blank", ("requests", "third_party_rights", "legal_service"), ""),
    Mistake("national/cell-value", "a unit in a cell", "行政许可\t2318", "行政许可\t2318件"),
    Mistake("national/documents-in-force", "fewer in force than issued", "行政规范性文件\t5\t3\t41", "行政规范性文件\t5\t3\t1"),
    Mistake("national/rule-making-power", "rules of a body that may make none", "规章\t0\t0\t0", "规章\t1\t0\t1"),
    Mistake("national/label-damage", "a character lost from a label", "8.属于行政查询事项", "8.属于行政查事项"),
    Mistake("national/form-edition", "a head of the form of 2019", "本年制发件数\t本年废止件数", "本年新制作数量\t本年废止件数"),
    Mistake("national/claim-mismatch", "text and table differ", "结转下年度继续办理5件", "结转下年度继续办理6件"),
    Mistake("national/claim-sum", "a part is more than the whole", "社会救助信息430条", "社会救助信息7430条"),
    Mistake("national/statistics-period", "the period ends a day early", "至2024年12月31日", "至2024年12月30日"),
    Mistake("national/self-reference", "another body's word for itself", "改进情况：六月起", "改进情况：六月起我镇"),
    Mistake("national/parts-announced", "six announced, five listed", "编制，数据统计期限为", "编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成，数据统计期限为"),
    Mistake("national/template-residue", "a template's words", "二、主动公开政府信息情况\n", "二、主动公开政府信息情况\n\n该部分以表格形式报告。表格如下：\n"),
    Mistake("national/section-title", "a word doubled in a heading", "三、收到和处理政府信息公开申请情况", "三、收到和处理政府政府信息公开申请情况"),
    Mistake("national/subheading-numbering", "a sub-heading numbered twice", "（四）政府信息公开平台建设。", "（三）政府信息公开平台建设。"),
    Mistake("text/doubled-punctuation", "a comma doubled", "逐条说明采纳情况。", "逐条说明，，采纳情况。"),
    Mistake("text/missing-stop", "a paragraph without its stop", "全年接待群众1520人次。", "全年接待群众1520人次"),
    Mistake("national/fee-consistency", "more collected than charged", "实际收取260元", "实际收取460元"),
    Mistake("national/legal-citation", "an article that was repealed", "本报告由云溪县人民政府办公室根据", "本报告由云溪县人民政府办公室按照《中华人民共和国政府信息公开条例》第三十二条，根据"),
)  # fmt: skip


def planted(compliant: Draft) -> Draft:
    """The report with all the mistakes in it."""
    # Cells first: they are found by their names, which takes a table that is sound.
    draft = compliant
    for mistake in sorted(MISTAKES, key=lambda mistake: isinstance(mistake.old, str)):
        draft = (
            draft.replace(mistake.old, mistake.new)
            if isinstance(mistake.old, str)
            else draft.put(mistake.old, mistake.new)
        )
    return draft
