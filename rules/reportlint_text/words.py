"""Words written twice.

Chinese has no white space to tell words by, so most of this module is what looks like a doubled word
and is none: reduplication, figures, and two words that meet («政府信息公开工作» and «工作方案»).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice, pairwise

from reportlint import Edit, Finding, Fix, Report, Severity, Span, lazy_pattern, rule
from reportlint_text import basis
from reportlint_text.prose import Prose, line_start, prose

_LENGTHS = range(2, 9)
_DOUBLED = lazy_pattern(r"([\u4e00-\u9fff]{2,8}?)\1+")
_ARE_HAN = lazy_pattern(r"[\u4e00-\u9fff]{2,8}").fullmatch
_PARTICLES = (
    ("的的", lazy_pattern(r"(?<![目标有似别])的的(?![的确士])")),
    ("了了", lazy_pattern(r"(?<![为除])了了(?![了解如断结然却事望])")),
)
_NUMERALS = frozenset("零一二三四五六七八九十百千万亿两几半逐")
_REDUPLICATED = lazy_pattern(
    "研究|讨论|商量|学习|考虑|锻炼|休息|了解|介绍|体验|交流|比较|打听|调查|沟通|尝试|思考|琢磨|合计|活动|热闹|高兴|轻松|放松|整理"
    "|收拾|打扮|打扫|照顾|帮助|检查|分析|总结|准备|改进|非常|特别|很多|许多|真的|谢谢|加油|快点|哪里|彼此|雪白|笔直|通红|漆黑|冰凉"
    "|碧绿|火红|崭新|哗啦|叮当|滴答|咕噜|轰隆|扑通|噼啪|永远|来回|反复|好好|常常|多多"
).fullmatch
_COMPOUND = lazy_pattern(
    # What makes one word with the second of the two: 公开+栏, 工作+方案, 政府+网站.
    "[化性率度量力型类期源费法表书证网端栏课日者员人局厅部委办处科室站所院组队群团会馆库链权长家业款金省市县区州盟旗镇乡村"
    "路街道湖河山港]"
    "|方案|机制|机构|机关|人员|领导|制度|条例|规定|规范|规则|规章|细则|规程|流程|程序|要点|计划|规划|台账|清单|专班|专栏|系统|平台|中心"
    "|指南|目录|内容|方式|形式|渠道|途径|范围|主体|载体|时限|时间|格式|名称|报告|信息|数据|档案|文件|公文|公报|公告|职能|职责|职员|职工"
    "|对象|事项|项目|资源|资金|预算|决算|拨款|采购|购买|投资|债务|补贴|补助|收入|支出|支付|资产|服务|大厅|窗口|热线|设施|设备|用地|工程"
    "|单位|企业|组织|团体|小组|主任|主席|书记|秘书|干事|代表|法人|负责|主要|保障|信用|治理|救助|保险|福利|主义|公众|各界|评议|事业|管理"
    "|效益|效果|监督|影响|资本|技术|开发|运行|指标|普查|合作|援助|顾问|效力|责任|执法|许可|审批|处罚|强制|裁决|诉讼|案件|复议"
    "|门户|大门|大院|统计|开放|开支|自治|纪要|精神|议题|材料|记录|说明|通报|汇报|反馈|线索|整改|导向|意识|培训|整顿|引导|基地|扶贫"
    "|经费|惩戒|之间|联动|协同|路线|建议|履职|联络|考核|任务|目标|总结|审计|公开|透明|质量|水平|标准|体系|体制|成效|成果|重点|领域|环节"
)
_SENTENCE_GOES_ON = lazy_pattern(
    "[^\u4e00-\u9fff]|$|的|地(?![点区方址])|得|了|和(?!谐)|与(?!会)|及|或|并|而|但|也|都|已|就|还|又|再|则|被|把|由|从(?!业)|自(?!治)"
    "|向|对(?!象|口)|于|在(?!线|岗|职|校|编)|以|为|是|有(?!效|序|关)|无|未|不|将|可|应(?!用|急)|须|需(?!求)|较|更(?!新)|最|很"
    "|取得|得到|达|占|完成|开展|加强|提升|推进(?!会)|进行|进一步|做好|抓|按|依|因|根据|通过"
)
_HEADING = lazy_pattern(
    r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]?\s?)?[\u4e00-\u9fff]{2,16}"
).fullmatch
_SHORTEST_HEADING = 4
_LONGEST_HEADING = 24
_MOST_FINDINGS = 50
_MOST_CHANCES = 1_000
"""So many places are looked at that are doubled by chance only; in a text with more every piece is suspect."""
_SHORTEST_CLAUSE = 6
_CLAUSE = lazy_pattern(r"[^，。；、：！？,;:\s]{6,60}")
_CLAUSE_END = lazy_pattern("[，。；、：！？,;:\n]")


@rule(basis=basis.WORDING, severity=Severity.WARNING)
def doubled_word(report: Report) -> Iterator[Finding]:
    """No word is written twice in succession."""
    whole = prose(report)
    text = whole.text
    count = 0
    for match in (match for piece in _suspects(whole) for match in _DOUBLED.finditer(text, *piece)):
        unit, (start, end) = match[1], match.span()
        if _is_reduplication(unit) or text.startswith("再" + unit, end) or _follows_its_heading(text, start, unit):
            continue
        after = text[end : end + 4]
        if not _SENTENCE_GOES_ON.match(after):
            if _COMPOUND.match(after) or text.startswith(("会议", "开情况"), end - 1):
                continue
            severity: Severity | None = Severity.ADVICE
        else:
            severity = None
        times = (end - start) // len(unit)
        fix = Fix((Edit(Span(start + len(unit), end), ""),), safe=False)
        yield Finding(Span(start, end), f"“{unit}”连写了 {times} 次", severity=severity, fix=fix)
        count += 1
        if count == _MOST_FINDINGS:
            return
    yield from islice(_clauses(whole), _MOST_FINDINGS)
    for particles, pattern in _PARTICLES:
        if particles in text:
            for match in pattern.finditer(text):
                start, end = match.span()
                fix = Fix((Edit(Span(start + 1, end), ""),), safe=False)
                yield Finding(Span(start, end), f"“{particles[0]}”连写了 2 次", fix=fix)


def _clauses(whole: Prose) -> Iterator[Finding]:
    """Clauses that stand twice with nothing but a mark of punctuation between them."""
    text = whole.text
    # Seldom is any clause the same as the one before it: that is soon known.
    clauses = _CLAUSE_END.split(whole.dense)
    if not any(len(one) >= _SHORTEST_CLAUSE and one == next_ for one, next_ in pairwise(clauses)):
        return
    for start, end in whole.pieces:
        before: re.Match[str] | None = None
        for match in _CLAUSE.finditer(text, start, end):
            if before is not None and match[0] == before[0] and match.start() == before.end() + 1:
                fix = Fix((Edit(Span(before.end(), match.end()), ""),), safe=False)
                yield Finding(Span(before.start(), match.end()), f"“{match[0]}”连写了 2 次", fix=fix)
            before = match


def _suspects(whole: Prose) -> list[Span]:
    """The pieces that may have a doubled word: a seventh of the time that the pattern would take over the text.

    The text, a byte a character, is one great number. Exclusive or with itself shifted by some characters has a
    zero wherever a character comes again so many places on; as many zeros are a word doubled, or else chance.
    """
    pieces = [whole.text[start:end] for start, end in whole.pieces]
    text = "\n".join(pieces)
    low = text.encode("utf-32-le", "surrogatepass")[::4]
    number = int.from_bytes(low, "little")
    starts: list[int] = []
    found: set[int] = set()
    chances = 0
    for length in _LENGTHS:
        again = (number ^ (number >> 8 * length)).to_bytes(len(low), "little")
        zeros = bytes(length)
        place = again.find(zeros, 0, len(low) - length)
        while place >= 0:
            following = place + 1
            if chances == _MOST_CHANCES or _is_word_again(text, place, length):
                starts = starts or list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
                index = bisect_right(starts, place) - 1
                found.add(index)
                following = starts[index + 1]
            else:
                chances += 1
            place = again.find(zeros, following, len(low) - length)
    return [whole.pieces[index] for index in sorted(found)]


def _is_word_again(text: str, place: int, length: int) -> bool:
    word = text[place : place + length]
    return text.startswith(word, place + length) and _ARE_HAN(word) is not None


def _is_reduplication(unit: str) -> bool:
    """Whether a word is one that may be said twice: «一个一个», «研究研究», «是不是不»."""
    if len(set(unit)) == 1 or _REDUPLICATED(unit):
        return True
    if len(unit) <= 3 and not _NUMERALS.isdisjoint(unit):
        # «文件一件一件» is found as «件一件一».
        return "是" not in unit
    return len(unit) == 2 and not set("不没否未的").isdisjoint(unit)


def _follows_its_heading(text: str, start: int, unit: str) -> bool:
    """Whether the first of the two ends a heading that the text follows on the same line.

    «（一）主动公开主动公开…»: the mark between them was a change of type.
    """
    first = line_start(text, start, _LONGEST_HEADING)
    middle = start + len(unit)
    if not _HEADING(text, first, middle):
        return False
    return len(unit) >= _SHORTEST_HEADING or start == first or not "\u4e00" <= text[start - 1] <= "\u9fff"
