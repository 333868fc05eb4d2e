"""What an organisation is, as far as its name tells."""

from __future__ import annotations

from enum import Enum

from reportlint import lazy_pattern

_CENTRAL = lazy_pattern("国家|国务院|中央|中国|中华|全国|.{0,20}(?:总署|总局|兵团)$")
_SPECIAL_AREA = lazy_pattern(
    "开发区|园区|景区|新区|管理区|保税|林区|特区|矿区|示范区|实验区|自贸|合作区|行政区|管委会|管理委员会"
)
_TOWNSHIP = lazy_pattern(r".*(?:[县区市旗州盟].{0,20}|..)(?:乡|镇|苏木|街道)(?:人民政府|政府|办事处|街道办|办)?")
_COUNTY = lazy_pattern(r".+(?:县|旗|(?<!自治)区)(?:人民政府|政府)?(?:办公室|办)?")
_DEPARTMENT = lazy_pattern(
    r".*?(省|自治区|(?<![城都])市(?![场政容民])|县|(?<!地)区|旗|州).{1,24}(?:局|厅|委员会|委|馆)"
)
_GOVERNMENT_OFFICE = lazy_pattern("(?:人民)?政府(?:办公[室厅]|办)$")


class Kind(Enum):
    """Kinds of organisation that have a bearing on what their reports may hold."""

    TOWNSHIP = "township"
    """Of a township, a town or a sub-district."""
    COUNTY = "county"
    """Of a county or a district."""
    DEPARTMENT = "department"
    """A department of a government below the State Council."""


def kind_of(organisation: str | None) -> Kind | None:
    """The kind of an organisation, where its name leaves no doubt; None for cities, provinces and the State Council's.

    By its name a city at county level is not told from one that has districts.
    """
    if organisation is None or _CENTRAL.match(organisation) or _SPECIAL_AREA.search(organisation):
        return None
    if _DEPARTMENT.fullmatch(organisation) and not _GOVERNMENT_OFFICE.search(organisation):
        return Kind.DEPARTMENT
    if _TOWNSHIP.fullmatch(organisation):
        return Kind.TOWNSHIP
    return Kind.COUNTY if _COUNTY.fullmatch(organisation) else None
