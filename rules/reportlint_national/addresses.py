"""Where the texts that reports cite can be read.

Only addresses that are known to show the text. The measures on fees and the form of 2019 have none here: none of theirs
is known on a site of the government.
"""

from __future__ import annotations

from reportlint import Address, lazy_pattern

_GAP = r"\s{0,2}"
"""What may stand between two characters where a line was broken."""


def _broken(words: str) -> str:
    """Words that may go on in the next line."""
    return _GAP.join(words)


_STATE = rf"(?:{_broken('中华人民共和国')})?{_GAP}"
_REGULATIONS = (
    rf"《{_STATE}{_broken('政府信息公开条例')}{_GAP}》"
    rf"|(?:{_broken('国务院')}|国){_GAP}令{_GAP}第?{_GAP}711{_GAP}号"
)
_FORM = (
    rf"《{_STATE}{_broken('政府信息公开工作年度报告格式')}{_GAP}》"
    rf"|{_broken('国办公开办函')}{_GAP}[〔\[［(（【]{_GAP}2021{_GAP}[〕\]］)）】]{_GAP}第?{_GAP}30{_GAP}号"
)

ADDRESSES = (
    Address(
        "regulations",
        lazy_pattern(_REGULATIONS),
        "http://www.gov.cn/zhengce/content/2019-04/15/content_5382991.htm",
        "中华人民共和国政府信息公开条例（国务院令第711号，中国政府网）",
        years=(2019, None),
    ),
    Address(
        "form",
        lazy_pattern(_FORM),
        "http://zrzy.smx.gov.cn/16903/616589856/1288675.html",
        "中华人民共和国政府信息公开工作年度报告格式（国办公开办函〔2021〕30号，地方政府网站转载）",
        years=(2021, None),
    ),
)
