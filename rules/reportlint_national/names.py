"""Names of organisations: of what kind one is, and whether two may be of the same."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from reportlint import lazy_pattern

TOWN_WORDS = ("街道", "苏木", "镇", "乡")
_OF_A_TOWN = lazy_pattern(
    r"(镇|乡|街道|苏木)(?:人民政府|政府|人民|办事处|办)?(?:党政(?:综合)?办公室|(?:综合)?办公室)?$"
)
_OF_AN_AREA = lazy_pattern(r"(自治区|(?<!自治)区|县|旗|市|州|盟|省)(?:人民政府|政府|人民)?$")
_NO_AREA = lazy_pattern("(?:开发|园|景|新|管理|保税|社|实验|示范|功能|度假|风景|厂|库|林|矿|牧|城|老|校)区")
_OF_AN_OFFICE = lazy_pattern(r"(局|委|委员会|厅|中心|院|馆|办公室|办)$")
_COMMITTEE = lazy_pattern(r"管委会$|管理委员会$|村民委员会$|居民委员会$")
_SUFFIX = lazy_pattern(r"(?:人民政府|政府|办事处|(?:党政)?(?:综合)?办公室|党组|机关|人民)$")
_BRACKETS = lazy_pattern(r"[(（][^()（）]*[)）]?")
_TOWN_NAME = lazy_pattern(r"(?:.*(?:[省县旗州盟]|区(?!域)|市))?(.{1,10}?(?:镇|乡|街道|苏木))")
_AREA_PREFIX = lazy_pattern(r".*(?:[省县旗州盟]|区(?![域块划])|(?<!城)市(?![场政容民]))")


class Kind(Enum):
    """What an organisation is by the end of its name."""

    TOWN = "town"
    """A township, a street office or what else is below a county."""
    AREA = "area"
    """The government of a county or of something larger."""
    OFFICE = "office"
    """A department."""
    OTHER = "other"


class Organisation(NamedTuple):
    """A name, and what it says of the organisation."""

    name: str
    kind: Kind
    word: str
    """The word by which it calls itself («我镇»)."""


def organisation(name: str) -> Organisation:
    """What a name says of an organisation."""
    bare = _BRACKETS.sub("", name)
    if match := _OF_A_TOWN.search(bare):
        return Organisation(bare, Kind.TOWN, match[1])
    if (match := _OF_AN_OFFICE.search(bare)) and not _COMMITTEE.search(bare):
        word = match[1][0] if match[1][0] in "委办" else match[1]
        return Organisation(bare, Kind.OFFICE, word)
    if (match := _OF_AN_AREA.search(bare)) and not _NO_AREA.search(bare[-8:]):
        return Organisation(bare, Kind.AREA, match[1][-1])
    return Organisation(bare, Kind.OTHER, "")


def may_be_the_same(one: Organisation, other: Organisation) -> bool:
    """Whether two names may be of one organisation: short forms and superior areas are taken for the same."""
    first, second = _bare(one.name), _bare(other.name)
    if not first or not second or _within(first, second) or _within(second, first):
        return True
    if one.kind is Kind.TOWN and other.kind is Kind.TOWN:
        names = [match[1] for name in (first, second) if (match := _TOWN_NAME.match(name))]
        return len(names) < 2 or _within(names[0], names[1]) or _within(names[1], names[0])
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.AREA:
        return one.word != other.word
    first_area, first_unit = _parts(first)
    second_area, second_unit = _parts(second)
    areas = not first_area or not second_area or _related(first_area, second_area)
    # A department is renamed often, and shortened in many ways: only wholly other words are another one.
    units = bool(set(first_unit[:-1]) & set(second_unit[:-1])) or one.word != other.word
    return areas and units


def _related(one: str, other: str) -> bool:
    return one[-1] != other[-1] or _within(one, other) or _within(other, one)


def _parts(name: str) -> tuple[str, str]:
    match = _AREA_PREFIX.match(name)
    end = match.end() if match else 0
    return name[:end], name[end:].replace("委员会", "委")


def _bare(name: str) -> str:
    """A name without what may be added to it: government, office."""
    shorter = _SUFFIX.sub("", name)
    while shorter != name:
        name, shorter = shorter, _SUFFIX.sub("", shorter)
    return name


def _within(short: str, long: str) -> bool:
    """Whether all characters of one stand in the other, in order: 人社局 in 人力资源和社会保障局."""
    characters = iter(long)
    return all(character in characters for character in short)
