"""Of whom a sentence speaks: of the report's own organisation, or of an office in it or all that is around it."""

from __future__ import annotations

import re

from reportlint import Claim, Report, lazy_pattern

_AREA = lazy_pattern("[全我本]([省市区县州旗镇乡]|街道)")
_PARTS = lazy_pattern("各|其[他它余]|[省市区县镇乡]本级|部门|乡镇|站所|村居|单位(?<![我本]单位)")
_OFFICE = lazy_pattern("办公室|本级|政府办")
_OWN = lazy_pattern("[我本]")
_GOVERNMENT = lazy_pattern("人民政府|政府|办事处")


def of_the_report(report: Report, claim: Claim) -> bool:
    """Whether a claim speaks of the report's own organisation."""
    if claim.scope is None:
        return True
    scope, organisation = claim.scope, report.organisation or ""
    area = _AREA.fullmatch(scope)
    if area is not None:
        return re.search(f"{area.group(1)}(?:人民政府|办事处)?$", organisation) is not None
    if _OFFICE.search(scope):
        return bool(_OFFICE.search(organisation))
    if _PARTS.search(scope):
        return False
    if _OWN.match(scope):
        return True
    # A body by its name: the report's own where the names fit into each other.
    bare, own = _GOVERNMENT.sub("", scope), _GOVERNMENT.sub("", organisation)
    return not own or own.endswith(bare) or bare.endswith(own)
