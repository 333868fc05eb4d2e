"""What stands in the report beside its text: pictures, pages within the page, hidden text, changes. It is remarked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from reportlint.readers import remarks
from reportlint.readers.html.finding import is_sign
from reportlint.readers.html.markup import Tag
from reportlint.readers.html.tree import FRAME, HIDDEN, PICTURE, REVISION, Aside
from reportlint.source import Remark, Span

_WIDTH, _HEIGHT = 150, 50
"""Pixels; no table or text stands in a smaller picture."""
_LENGTH = re.compile(
    r"\s*([0-9]{1,6})(?:\.[0-9]*)?\s*(px|pt|em|cm|in|mm|)\s*(?:!important)?\s*$", re.IGNORECASE | re.ASCII
)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "cm": 37.8, "in": 96.0, "mm": 3.78}
_STYLE = {name: re.compile(rf"(?<![\w-]){name}\s*:\s*([^;]*)", re.IGNORECASE) for name in ("width", "height")}
_SIGN = re.compile(
    r"icon|ico(?![a-z])|logo|blank|spacer|pixel|(?<![a-z])dot|arrow|btn|button|qr|ewm|erweima|weixin|wechat|weibo|share|print"
    r"|close|banner|(?<![a-z])bg(?![a-z])|beacon|counter|stat(?![a-z])|jiucuo|dangzheng|police|gongan|\.gif(?![a-z])"
    r"|filetype|(?:^|/)(?:pdf|docx?|xlsx?|zip|rar|wps|ofd)[^/]*$",
    re.IGNORECASE,
)
"""Names of pictures that are part of the page's looks, or count its readers."""
_SIGN_WORDS = re.compile("图标|徽标|二维码|打印|关闭|返回|分享|公安|党政机关|找错|无障碍|首页")
_SHORTEST_DATA = 2_000
_MEDIA = re.compile(r"flash|audio|video|\.swf|\.mp[34]|\.m3u8|javascript:|about:blank", re.IGNORECASE)
_WORDS = re.compile(r"[\u3400-\u9fff0-9]")
_LEAST_HIDDEN = 2


class Noted(NamedTuple):
    """Something beside the text: where in the text that is, and whether a line of text is around it."""

    aside: Aside
    offset: int
    in_text: bool


def remarked(noted: Iterable[Noted], length: int) -> list[Remark]:
    """What is to be said of what stands in or around a text of that length."""
    found: list[Remark] = []
    hidden: list[Noted] = []
    changes: list[Noted] = []
    pictures: list[Noted] = []
    for each in noted:
        kind, tag = each.aside.kind, each.aside.tag
        is_above = not each.in_text and each.offset == 0 and length > 0
        is_outside = is_above or (not each.in_text and each.offset >= length)
        if kind == PICTURE and not each.in_text and not is_above and is_content(tag):
            pictures.append(each)
        elif kind == FRAME and is_document(tag):
            words = "网页里嵌着另一个网页或文件，没有取，其中的内容没有检查"
            found.append(Remark(remarks.EXTERNAL, words, _at(each)))
        elif kind == HIDDEN and not is_outside and not tag.is_furniture and not is_sign(each.aside.text):
            if len(_WORDS.findall(each.aside.text)) >= _LEAST_HIDDEN:
                hidden.append(each)
        elif kind == REVISION and (tag.name == "del" or tag.attributes.keys() & {"datetime", "cite"}):
            changes.append(each)
    for _, group in groupby(pictures, key=lambda each: each.offset):
        together = list(group)
        words = "这里是图片" if len(together) == 1 else f"这里是 {len(together)} 张图片"
        found.append(Remark(remarks.PICTURE, f"{words}，其中的文字和表格没有检查", _at(together[0])))
    if hidden:
        found.append(Remark(remarks.HIDDEN, f"有 {len(hidden)} 处隐藏的文字，没有检查", _at(hidden[0])))
    if changes:
        words = f"有 {len(changes)} 处修订没有接受或拒绝，按接受后的文字检查"
        found.append(Remark(remarks.REVISION, words, _at(changes[0])))
    return found


def _at(each: Noted) -> Span:
    return Span(each.offset, each.offset)


def is_content(tag: Tag) -> bool:
    """Whether a picture may show a text or a table."""
    attributes = tag.attributes
    width, height = _size(tag, "width"), _size(tag, "height")
    if (width is not None and width < _WIDTH) or (height is not None and height < _HEIGHT):
        return False
    source = attributes.get("src", "")
    if source.startswith("data:"):
        return len(source) >= _SHORTEST_DATA
    if tag.is_furniture or _SIGN_WORDS.search(attributes.get("alt", "")):
        return False
    is_large = width is not None and height is not None
    return bool(source) and (is_large or not _SIGN.search(source))


def is_document(tag: Tag) -> bool:
    """Whether what a frame shows may be the report, or a part of it."""
    attributes = tag.attributes
    width, height = _size(tag, "width"), _size(tag, "height")
    if (width is not None and width < _WIDTH) or (height is not None and height < _HEIGHT):
        return False
    source = attributes.get("src", "") or attributes.get("data", "")
    if not source and "srcdoc" not in attributes:
        return False
    return not (tag.is_furniture or _MEDIA.search(f"{attributes.get('type', '')} {source}"))


def _size(tag: Tag, name: str) -> float | None:
    """A width or height in pixels; None where it is not known."""
    style = _STYLE[name].search(tag.attributes.get("style", ""))
    for given in (style[1] if style else "", tag.attributes.get(name, "")):
        match = _LENGTH.match(given)
        if match:
            return int(match[1]) * _PIXELS[match[2].lower()]
    return None
