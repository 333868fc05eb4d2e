"""`reportlint clean`."""

from __future__ import annotations

import argparse

from reportlint import cache
from reportlint.cli import screen
from reportlint.cli.status import CLEAN
from reportlint.errors import ReportlintError, reason


def clean(_: argparse.Namespace) -> int:
    """Remove what is kept of earlier runs."""
    try:
        names = cache.clean()
    except OSError as error:
        raise ReportlintError(f"清除不了 {error.filename}：{reason(error)}") from error
    folder = cache.folder()
    screen.show([f"清除了 {len(names)} 个缓存文件（{folder}）。" if names else f"没有缓存（{folder}）。"])
    return CLEAN
