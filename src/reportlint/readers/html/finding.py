"""Which part of a page is the report.

A page has menus above, lists of links beside and a footer below what it is for. What it is for begins with its title
and ends with its last sentence or table, wherever these stand; in between everything is kept but what is plainly of the
page: elements that are named so, or hold little but links. Where no sentence and no table is found, all is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from reportlint.readers.html import names
from reportlint.readers.html.builder import Builder
from reportlint.readers.html.layout import flat
from reportlint.readers.html.tree import BREAK, Block, Cell, Item, Line, Row, Table, Words

_SENTENCE = re.compile("[。；！？]")
_LONG = 60
"""Characters of a line that is of the text even without the end of a sentence."""
_MANY_LINKS = 3
_SHARE = 3
"""What holds more than this part of all sentences and tables is no menu, whatever it is called."""

_SIGNS = re.compile(
    r"版权所有|ICP\s*备|公网安备|网站标识码|Copyright|©|^[\W_]*(?:"
    r"上一[篇条页]|下一[篇条页]|没有了|打印(?:本[页文]|此[页文])?[\W_]*$|关闭(?:窗口|本页|页面)?[\W_]*$"
    r"|分享(?:到|至|[:：])|返回(?:顶部|首页|列表)|扫一扫|(?:您|你)?(?:现在)?(?:当前|所在|的)?(?:的)?位置\s*[:：]"
    r"|(?:主办|承办|协办)(?:单位)?\s*[:：]|技术支持|网站地图|责任编辑|责编|设为首页|加入收藏"
    r"|相关(?:链接|阅读|文章|新闻|稿件|信息)[\W_]*$)",
    re.IGNORECASE,
)
"""Words by which a line of a page is known as none of the text."""
_ENDS = re.compile("版权所有|ICP|公网安备|网站标识码|上一[篇条页]|下一[篇条页]")
"""Those behind which no report goes on."""
_SMALL_SHARE = 10
_LONGEST_SIGN = 200
_FACTS = (
    "来源|信息来源|稿源|发布时间|发布日期|发布机构|发布单位|发文日期|发文时间|发文机关|发文字号|成文日期|生成日期"
    "|公开日期|公开方式|公开范围|公开形式|公开时限|公开责任部门|索引号|文号|主题分类|主题词|信息分类|体裁分类|组配分类"
    "|信息名称|有效性|效力状态|时间|日期|作者|编辑|审核|点击数?|点击次数|点击量|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读"
    "|访问次数|访问量|字体|字体大小|字号|视力保护色|保护视力色|分享|打印|收藏"
)
_FACT = re.compile(rf"(?:(?<=[\s\[【（(|])|^)(?:{_FACTS})\s*[:：】\]]|(?<!\w)[\[【]\s*(?:{_FACTS})")
_ANY_FACT = re.compile(rf"(?:{_FACTS})\s*[:：】\]]|[\[【]\s*(?:{_FACTS})")
_DATE = re.compile("日期|时间")
_FACT_NAME = re.compile(_FACTS).fullmatch
_NOT_NAME = re.compile(r"[\s:：\u3000\xa0]+")
_SHORTEST_TITLE, _LONGEST_TITLE = 8, 100
_LEAST_FACTS = 3
"""Names of facts in a table that is about the page."""
_FIRST_CELLS = 40
_LONGEST_NAME = 40


def is_sign(text: str) -> bool:
    """Whether words are those of a footer, a bar of buttons and the like."""
    return len(text) <= _LONGEST_SIGN and bool(_SIGNS.search(text))


class _Seen:
    """What is known of a line or table."""

    __slots__ = ("chars", "item", "linked", "links", "substance", "text")

    def __init__(self, item: Item) -> None:
        self.item = item
        if isinstance(item, Line):
            self.text = item.text.strip()
            self.chars, self.linked, self.links = len(self.text), item.linked, item.links
            is_text = bool(_SENTENCE.search(self.text)) or self.chars >= _LONG
        else:
            self.text = ""
            self._count_cells(item)
            rows = [row for row in item.rows if isinstance(row, Row)]
            is_text = len(rows) > 1 and any(len(row.cells) > 1 for row in rows)
        is_text = is_text and self.linked * 2 < self.chars and not self.is_sign
        self.substance = self.chars if is_text else 0

    def _count_cells(self, table: Table) -> None:
        self.chars = self.linked = self.links = 0
        for cell in cells_of(table):
            if isinstance(cell, Words):
                self.chars += len(cell.text)
                continue
            for line in cell.items:
                if isinstance(line, Line):
                    self.chars += sum(len(text) for _, text, _ in line.pieces)
                    self.linked += line.linked
                    self.links += line.links

    @property
    def block(self) -> Block:
        """The block whose part it is."""
        return self.item.block if isinstance(self.item, Line) else self.item

    @property
    def is_sign(self) -> bool:
        """Whether its words are those of a footer, a bar of buttons and the like."""
        return is_sign(self.text)

    @property
    def is_facts(self) -> bool:
        """Whether it says when the page was published, how often it was read, and the like."""
        if isinstance(self.item, Line):
            short = self.chars <= _LONGEST_SIGN and not _SENTENCE.search(self.text)
            if not short or not _FACT.search(self.text):
                return False
            # A report may say when it was published; a page says that with other things.
            return len(_ANY_FACT.findall(self.text)) > 1 or not _DATE.search(self.text)
        names_found = 0
        for cell in islice(cells_of(self.item), _FIRST_CELLS):
            text = _words(cell)
            names_found += bool(_FACT_NAME(_NOT_NAME.sub("", text))) or bool(_FACT.match(text))
        return names_found >= _LEAST_FACTS


def cells_of(table: Table) -> Iterator[Cell | Words]:
    """The cells of a table, row by row."""
    for row in table.rows:
        if isinstance(row, Row):
            yield from row.cells


def _words(cell: Cell | Words) -> str:
    """What a cell begins with."""
    if isinstance(cell, Words):
        return cell.text[:_LONGEST_NAME].strip()
    return next((line.text[:_LONGEST_NAME].strip() for line in cell.items if isinstance(line, Line)), "")


def found(page: Builder) -> list[Item]:
    """The lines and tables that are the report."""
    seen = [_Seen(item) for item in flat(page.items)]
    if not any(each.substance for each in seen):
        return [each.item for each in seen]
    _weigh(page.blocks, seen)
    body = [number for number, each in enumerate(seen) if each.substance and not each.block.is_furniture]
    while body and seen[body[0]].is_facts:
        del body[0]
    if not body:
        return [each.item for each in seen]
    first, last = body[0], _last(seen, body)
    start = _start(page, seen, first)
    end = _end(seen, last)
    kept = [seen[start]] if start < first and not seen[start].is_facts else []
    kept += [each for each in seen[start + 1 : first] if not _is_furniture(each) and not each.is_facts]
    kept += [each for each in seen[first : last + 1] if not each.block.is_furniture]
    kept += seen[last + 1 : end]
    return [each.item for each in kept]


def _last(seen: Sequence[_Seen], body: Sequence[int]) -> int:
    """The last sentence or table of the report.

    A footer may have sentences, too: of what little stands behind the first plain sign of the end, none counts.
    """
    whole = sum(seen[number].substance for number in body)
    before = 0
    for number, after in pairwise(body):
        before += seen[number].substance
        if (whole - before) * _SMALL_SHARE > whole or any(isinstance(seen[n].item, Table) for n in body if n > number):
            continue
        if any(_ENDS.search(each.text) and each.is_sign for each in seen[number + 1 : after]):
            return number
    return body[-1]


def _weigh(blocks: Iterable[Block], seen: Iterable[_Seen]) -> None:
    """Finds out which blocks are of the page, and not of what it is for."""
    for each in seen:
        block = each.block
        block.chars += each.chars
        block.linked += each.linked
        block.links += each.links
        block.substance += each.substance
    blocks = list(blocks)
    for block in reversed(blocks):
        around = block.parent
        if around is not None:
            around.chars += block.chars
            around.linked += block.linked
            around.links += block.links
            around.substance += block.substance
    whole = blocks[0].substance
    for block in blocks:
        named = block.tag is not None and block.tag.is_furniture and block.substance * _SHARE <= whole
        linked = not block.substance and block.links >= _MANY_LINKS and block.linked * 2 >= block.chars
        block.is_furniture = named or linked or (block.parent is not None and block.parent.is_furniture)


def _is_furniture(each: _Seen) -> bool:
    return each.block.is_furniture or each.is_sign


def _start(page: Builder, seen: Sequence[_Seen], first: int) -> int:
    """The number of the line that begins what is kept.

    What stands before the first sentence is kept as far as nothing of the page comes between, from the title on where
    one of the lines is that of the page; where none is like a title, the one before is looked for.
    """
    begin = first
    while begin > 0 and not _is_furniture(seen[begin - 1]):
        begin -= 1
    title = _squeezed(page.title)
    ranks = [_title_rank(each, title) for each in seen[: first + 1]]
    best = max(ranks)
    if any(ranks[begin:]):
        begin = next((number for number in range(begin, first + 1) if ranks[number] == _IN_TITLE), begin)
    elif best:
        begin = max(number for number, rank in enumerate(ranks) if rank == best)
    while begin > 0 and _goes_before(seen[begin - 1], title):
        begin -= 1
    return begin


def _goes_before(each: _Seen, title: str) -> bool:
    """Whether a line above is the beginning of the title: the same block goes on below, or the page's title has it."""
    item = each.item
    if not isinstance(item, Line) or not each.text or each.links or each.block.is_furniture or each.is_sign:
        return False
    return (item.gap == BREAK and bool(item.heading)) or title.startswith(_squeezed(each.text))


_IN_TITLE, _IS_HEADING, _IS_NAMED = 6, 5, 4
_OF_PAGE = 3
"""What a rank is lowered by within what is of the page."""


def _title_rank(each: _Seen, title: str) -> int:
    """How much a line is like the title of the page; 0 where it is not."""
    item = each.item
    if not isinstance(item, Line) or each.is_sign or each.links > 1:
        return 0
    words = _squeezed(each.text)
    lowered = _OF_PAGE if each.block.is_furniture else 0
    if len(words) >= _SHORTEST_TITLE and words in title:
        return _IN_TITLE - lowered
    if not words or len(words) > _LONGEST_TITLE:
        return 0
    if item.heading in ("h1", "h2"):
        return _IS_HEADING - lowered
    tag = item.block.tag
    return _IS_NAMED - lowered if tag is not None and names.is_title(tag.attributes) else 0


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _end(seen: Sequence[_Seen], last: int) -> int:
    """The number behind the last line that is kept: lines behind the last sentence are, until one is of the page."""
    number = last + 1
    while number < len(seen) and not _is_furniture(seen[number]) and not _is_end(seen[number]):
        number += 1
    while number < len(seen) and number > last + 1 and seen[number - 1].text.endswith(("：", ":")):
        # What announces a list of links goes with it.
        number -= 1
    return number


def _is_end(each: _Seen) -> bool:
    return each.links > 0 and each.linked * 2 >= each.chars
