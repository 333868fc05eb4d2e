"""The errors that end a run, or keep one report from being checked.

Messages are shown to users as they stand, so they are in Chinese and name the place.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.ENXIO: "不是普通文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "符号链接指来指去，没有到头",
    errno.EMFILE: "打开的文件太多",
    errno.EBADF: "已经关闭",
    errno.EPIPE: "对方已不再读取",
}
_NONE: Mapping[int, str] = MappingProxyType({})


def reason(error: OSError, special: Mapping[int, str] = _NONE) -> str:
    """Why the system did not do something, in words for the user; `special` has those that fit the occasion better."""
    number = error.errno or 0
    return special.get(number) or _REASONS.get(number) or error.strerror or str(error)


class ReportlintError(Exception):
    """Something that the user can mend; the command line shows it and exits with status 2."""


class ConfigError(ReportlintError):
    """A configuration that cannot be read or does not mean anything."""


class PackError(ReportlintError):
    """A pack that cannot be loaded, or that contradicts another one."""


class GrammarError(ReportlintError):
    """A grammar file of a pack that Lark refuses or that breaks the node vocabulary."""


class FormulaError(ReportlintError):
    """A formula of a relation that cannot be parsed."""


class ReadError(ReportlintError):
    """A report that cannot be read.

    `line` and `column` are 1-based where the place is known; `code` names the problem, as `reportlint.own` lists them.
    """

    def __init__(self, code: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.column = column


class WriteError(ReportlintError):
    """A file that could not be written; it is as it was."""


class NotAssessable(Exception):  # noqa: N818 - an outcome of a rule, not an error
    """Raised by a rule that cannot judge this report; the argument is the reason, in Chinese."""
