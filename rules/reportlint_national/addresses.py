"""Where the texts that reports cite can be read.

Only addresses of those who issued a text, known to show it whole. The forms and the measures on fees have none: what is
known of them are copies of others, some of the beginning only.
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
ADDRESSES = (
    Address(
        "regulations",
        lazy_pattern(_REGULATIONS),
        "http://www.gov.cn/zhengce/content/2019-04/15/content_5382991.htm",
        "中华人民共和国政府信息公开条例（国务院令第711号，中国政府网）",
        years=(2019, None),
    ),
)
