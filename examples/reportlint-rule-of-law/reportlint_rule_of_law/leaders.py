"""What section three says of the leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import Finding, NotAssessable, Report, Severity, rule

_BASIS = "虚构的县级要求（示例）第二条：写明党政主要负责人听取汇报、研究法治工作的次数"
_TIMES = re.compile(r"[0-9一二三四五六七八九十两]{1,4}\s{0,2}次")


@rule(basis=_BASIS, severity=Severity.WARNING, forms=["rule-of-law"])
def leaders_duty(report: Report) -> Iterator[Finding]:
    """Section three says how often the leaders dealt with the matter."""
    section = report.section("leaders")
    if section is None:
        raise NotAssessable("没有第三部分")
    if not _TIMES.search(report.prose(section)):
        yield Finding(section.heading_span, f"“{section.heading}”部分没有写明次数")
