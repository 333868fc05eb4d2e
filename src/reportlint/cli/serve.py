"""`reportlint serve`: the page in the browser of this machine."""

from __future__ import annotations

import argparse
import sys

from reportlint import config
from reportlint.cli import screen
from reportlint.cli.status import CLEAN


def serve(options: argparse.Namespace) -> int:
    """Serve until told to end."""
    from reportlint.serve import serve as run

    def ready(address: str, invitation: str) -> None:
        screen.show((f"页面地址：{address}", "只在本机可用，文字不保存。按 Ctrl+C 结束。"))
        sys.stdout.flush()
        if options.browser and not _opened(invitation):
            screen.show(("没有打开浏览器，请把上面的地址粘贴到浏览器里。",), sys.stderr)

    run(options.port, config.chosen(options.config), ready)
    screen.show(("已结束。",))
    return CLEAN


def _opened(address: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
