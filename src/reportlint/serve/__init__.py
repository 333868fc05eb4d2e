"""A page in the browser of this machine: a text, what is found in it, and the language server behind it.

Needs the extra `serve`. Whoever reaches the page may only have texts checked: nothing is read from the disk for it,
and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlint.errors import ReportlintError

INSTALL = "浏览器页面需要 pygls 和 websockets：pip install 'reportlint[serve]'"
_LIBRARIES = frozenset({"lsprotocol", "pygls", "websockets"})


def serve(port: int, config: str | None, ready: Callable[[str, str], None]) -> None:
    """Serve the page until the process is told to end.

    Port 0 is any free one. `ready` is told the address, and one that leads there and can be used once.
    """
    try:
        from reportlint.serve.host import run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _LIBRARIES:
            raise
        raise ReportlintError(INSTALL) from error
    run(port, config, ready)
