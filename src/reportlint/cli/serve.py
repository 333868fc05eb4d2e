"""`reportlint serve`: the page in the browser of this machine."""

from __future__ import annotations

import argparse
import os
import sys
import threading

from reportlint import config
from reportlint.cli import screen
from reportlint.cli.status import CLEAN


def serve(options: argparse.Namespace) -> int:
    """Serve until told to end."""
    from reportlint.serve import serve as run

    def ready(address: str, invitation: str) -> None:
        screen.show((f"页面地址：{address}", "只在本机可用，文字不保存。按 Ctrl+C 结束。"))
        sys.stdout.flush()
        if options.browser:
            # A browser within the terminal would keep us until it ends.
            threading.Thread(target=_open, args=(invitation,), daemon=True).start()

    run(options.port, config.chosen(options.config), ready)
    screen.show(("已结束。",))
    _leave_checks()
    return CLEAN


def _leave_checks() -> None:
    """End at once where a long text is still being checked: Python would wait for it, and nobody else does."""
    others = [each for each in threading.enumerate() if each is not threading.main_thread() and not each.daemon]
    if others:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(CLEAN)


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        screen.show(("没有找到浏览器，请把上面的地址粘贴到浏览器里。",), sys.stderr)
