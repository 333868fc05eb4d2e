"""A page in the browser of this machine: a text, what is found in it, and the language server behind it.

Needs the extra `serve`. Whoever reaches the page may only have texts checked: nothing is read from the disk for it,
and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlint.errors import ReportlintError

INSTALL = "浏览器页面需要 pygls 和 websockets：pip install 'reportlint[serve]'"


def serve(port: int, config: str | None, ready: Callable[[str, str], None]) -> None:
    """Serve the page until the process is told to end.

    Port 0 is any free one. `ready` is told the address, and one that leads there and can be used once.
    """
    try:
        import pygls as _  # so that a missing library is told in our words
        import websockets as _  # noqa: F401, F811 - as above
    except ImportError as error:
        raise ReportlintError(INSTALL) from error
    from reportlint.serve.host import run

    run(port, config, ready)
