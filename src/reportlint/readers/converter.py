"""Another program that converts documents: LibreOffice, run without a window, for one file at a time.

Each run has a folder of its own with the file, a profile and the result, so that runs at the same time do not meet and
nothing of the user's settings counts. In the profile no macro runs, no link is followed and the only way to the network
leads nowhere. A run that takes too long is ended with all the processes that it started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reportlint.errors import ReadError, reason
from reportlint.readers.reader import Limits

VARIABLE = "REPORTLINT_OFFICE"
"""The variable of the environment that names the converter."""
NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "%ProgramFiles%\\LibreOffice\\program\\soffice.com",
    "%ProgramFiles(x86)%\\LibreOffice\\program\\soffice.com",
)
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_SETTINGS = (
    # No macros, whatever the file says of itself.
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    # No links, neither to other files nor to the network.
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    # Formulas keep the results that the file has.
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    # What is fetched all the same is asked for at a port where nobody answers.
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
)
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
_PATIENCE = 10.0
"""Seconds in which the processes of a run that is ended have to be gone."""


def find() -> str | None:
    """The path of the converter; ReadError where the one that the environment names is not there."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        path = shutil.which(os.path.expanduser(named))
        if path is None:
            raise ReadError("conversion", f"环境变量 {VARIABLE} 指的程序不存在或不能运行：{named}")
        return path
    places = (os.path.expanduser(os.path.expandvars(place)) for place in _PLACES)
    return next((path for each in (*NAMES, *places) if (path := shutil.which(each)) is not None), None)


def convert(data: bytes, kind: str, wanted: str, suffix: str, limits: Limits) -> bytes:
    """A file's bytes in another format; ReadError says why there are none.

    `kind` is what the bytes are, `suffix` what the file is called, both as suffixes.
    """
    program = find()
    if program is None:
        raise ReadError("conversion", f"读取 {suffix} 文件需要 LibreOffice，或者另存为 {wanted}")
    try:
        with _folder() as folder:
            return _converted(program, folder, data, kind, wanted, suffix, limits)
    except OSError as error:
        raise ReadError("conversion", f"没能运行 {program} 来转换文件：{reason(error)}") from error


def _converted(program: str, folder: Path, data: bytes, kind: str, wanted: str, suffix: str, limits: Limits) -> bytes:
    source, results = folder / f"document{kind}", folder / "results"
    source.write_bytes(data)
    results.mkdir()
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        _FILTERS[wanted],
        "--outdir",
        str(results),
        str(source),
    ]
    if not _run(command, folder, limits.seconds):
        words = (
            f"转换 {suffix} 文件用的时间超过 limits.seconds 的上限 {limits.seconds} 秒，没有检查；可以另存为 {wanted}"
        )
        raise ReadError("conversion", words)
    result = results / f"document{wanted}"
    if not result.is_file() or not result.stat().st_size:
        words = f"LibreOffice 没有转换成这份 {suffix} 文件，文件可能已损坏或有密码；可以另存为 {wanted}"
        raise ReadError("conversion", words)
    if result.stat().st_size > limits.file_bytes:
        words = (
            f"转换后有 {result.stat().st_size} 字节，超过 limits.file-bytes 的上限 {limits.file_bytes} 字节，没有检查"
        )
        raise ReadError("too-large", words)
    return result.read_bytes()


def _run(command: list[str], folder: Path, seconds: float) -> bool:
    """Whether a program ended in time, well or not; it is gone in either case, with those that it started."""
    environment = {**os.environ, **dict.fromkeys(_PROXIES, "http://127.0.0.1:9"), "no_proxy": ""}
    environment.update({name.upper(): value for name, value in environment.items() if name in _PROXIES})
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    else:
        return True
    finally:
        # However this ends, by an interrupt, too.
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(
                    tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
                )
            process.kill()
    else:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that is there as long as it is needed; what a program that is just ending puts there goes with it."""
    path = tempfile.mkdtemp(prefix="reportlint-")
    try:
        yield Path(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)
