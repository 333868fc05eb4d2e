"""Writing a file whole or not at all: whatever fails, it is as it was or as it was meant to be."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportlint import ReportlintError, writing
from reportlint.errors import WriteError
from reportlint.writing import write

OLD, NEW = "旧的内容\n".encode(), "新的内容，长一些\n".encode() * 1000
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="file modes and owners as on POSIX")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_bytes(OLD)
    return path


def alone(path: Path) -> bool:
    """Whether nothing else was left in the folder."""
    return [name for name in os.listdir(path.parent) if name != path.name] == []


def refused(path: Path | str, data: bytes = NEW, expected: bytes | None = None) -> str:
    with pytest.raises(WriteError) as caught:
        write(str(path), data, expected=expected)
    assert isinstance(caught.value, ReportlintError)
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\0\r\n\xff", NEW], ids=["nothing", "any bytes", "long"])
def test_a_file_is_replaced(file: Path, data: bytes) -> None:
    write(str(file), data)
    assert file.read_bytes() == data
    assert alone(file)


def test_a_new_file_is_written(file: Path) -> None:
    write(str(file.with_name("基线.json")), NEW)
    assert file.with_name("基线.json").read_bytes() == NEW
    assert sorted(os.listdir(file.parent)) == ["基线.json", "报告.txt"]


def test_a_name_alone_is_of_the_current_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    write(file.name, NEW)
    assert file.read_bytes() == NEW
    assert alone(file)


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o200])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    write(str(file), NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@POSIX
def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(str(tmp_path / "新"), NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "新").stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(file: Path) -> None:
    os.chown(file, 65534, 65533)
    file.chmod(0o640)
    write(str(file), NEW)
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (65534, 65533, 0o640)


@POSIX
def test_an_owner_that_cannot_be_kept_is_no_error(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    was = os.stat

    def foreign(path: str, **options: object) -> os.stat_result:
        status = was(path, **options)
        return os.stat_result((*status[:4], status.st_uid + 1, status.st_gid + 1, *status[6:]))

    def forbidden(*_: int) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "stat", foreign)
    monkeypatch.setattr(os, "fchown", forbidden)
    write(str(file), NEW)
    monkeypatch.undo()
    assert file.read_bytes() == NEW
    assert alone(file)


def link(path: Path, to: Path | str) -> Path:
    try:
        path.symlink_to(to)
    except OSError:
        pytest.skip("no symbolic links here")
    return path


def test_a_link_stays_one(file: Path) -> None:
    folder = file.parent / "别处"
    folder.mkdir()
    first = link(folder / "一.txt", "../报告.txt")
    second = link(folder / "二.txt", "一.txt")
    write(str(second), NEW, expected=OLD)
    assert second.is_symlink()
    assert first.is_symlink()
    assert file.read_bytes() == NEW
    assert not file.is_symlink()
    assert sorted(os.listdir(folder)) == ["一.txt", "二.txt"]
    assert sorted(os.listdir(file.parent)) == ["别处", "报告.txt"]


def test_a_link_that_leads_nowhere_yet(tmp_path: Path) -> None:
    path = link(tmp_path / "链接", "目标")
    write(str(path), NEW)
    assert path.is_symlink()
    assert (tmp_path / "目标").read_bytes() == NEW


def test_a_link_to_itself(tmp_path: Path) -> None:
    path = link(tmp_path / "链接", "链接")
    assert refused(path) == f"没有写 {path}：符号链接指来指去，没有到头"
    assert alone(path)


# What a file is believed to hold.


def test_a_file_that_holds_what_was_expected(file: Path) -> None:
    write(str(file), NEW, expected=OLD)
    assert file.read_bytes() == NEW


@pytest.mark.parametrize("now", [b"", OLD + b"x", OLD[:-1], NEW], ids=["emptied", "longer", "shorter", "another"])
def test_a_file_that_changed_meanwhile_is_left_alone(file: Path, now: bytes) -> None:
    file.write_bytes(now)
    assert refused(file, b"mended", OLD) == f"没有写 {file}：处理期间文件被别的程序改动过，可重新运行"
    assert file.read_bytes() == now
    assert alone(file)


def test_a_file_that_is_gone_is_not_made_anew(file: Path) -> None:
    file.unlink()
    assert "处理期间文件被别的程序改动过" in refused(file, NEW, OLD)
    assert os.listdir(file.parent) == []


def test_a_change_while_the_new_file_is_filled(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    was = os.fsync

    def late(descriptor: int) -> None:
        was(descriptor)
        file.write_bytes("别人写的".encode())

    monkeypatch.setattr(os, "fsync", late)
    assert "处理期间" in refused(file, NEW, OLD)
    assert file.read_text("utf-8") == "别人写的"
    assert alone(file)


# What cannot be written.


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "无" / "报告.txt"
    assert refused(path) == f"没有写 {path}：没有所在的文件夹"


def test_a_file_in_the_place_of_a_folder(file: Path) -> None:
    assert refused(file / "报告.txt") == f"没有写 {file / '报告.txt'}：没有所在的文件夹"
    assert file.read_bytes() == OLD


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"没有写 {tmp_path}：不是普通文件"
    assert refused("") == "没有写 ：没有所在的文件夹"


@POSIX
def test_a_name_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 100)
    assert refused(path) == f"没有写 {path}：文件名太长"
    assert os.listdir(tmp_path) == []


@POSIX
def test_the_longest_name_there_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 85)
    write(str(path), OLD)
    write(str(path), NEW)
    assert path.read_bytes() == NEW


def test_a_name_that_none_can_have() -> None:
    assert refused("报\0告") == "没有写 '报\\x00告'：文件名里有不能用的字符"


def test_a_read_only_file(file: Path) -> None:
    file.chmod(0o444)
    assert refused(file) == f"没有写 {file}：文件是只读的"
    assert file.read_bytes() == OLD
    assert alone(file)
    file.chmod(0o644)


def told_to_nobody(path: Path) -> str:
    """What a process of a user without rights is told that writes a file."""
    reading, writing_end = os.pipe()
    child = os.fork()
    if not child:
        words = "nothing"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            write(str(path), NEW)
        except WriteError as error:
            words = f"{type(error).__name__} {str(error).partition('：')[2]}"
        finally:
            os.write(writing_end, words.encode())
            os._exit(0)
    os.close(writing_end)
    with open(reading, "rb") as said:
        words = said.read().decode()
    os.waitpid(child, 0)
    return words


@POSIX
def test_a_read_only_folder_and_a_file_of_somebody_else(file: Path) -> None:
    # Folders that pytest makes are for nobody else to enter.
    folders = [folder for folder in file.parents if folder.name.startswith("pytest-")]
    modes = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in (file.parent, *folders)}
    try:
        for folder in folders:
            folder.chmod(0o755)
        file.parent.chmod(0o555)
        file.chmod(0o666)
        assert told_to_nobody(file) == "WriteError 所在的文件夹没有写入的权限"
        assert told_to_nobody(file.with_name("新.txt")) == "WriteError 所在的文件夹没有写入的权限"
        if os.geteuid() == 0:
            file.parent.chmod(0o777)
            file.chmod(0o644)
            assert told_to_nobody(file) == "WriteError 文件是只读的"
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode)
    assert file.read_bytes() == OLD
    assert alone(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_written_straight_on(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(str(pipe), OLD)
        assert os.read(reader, 1000) == OLD
        assert refused(pipe, NEW, OLD) == f"没有写 {pipe}：不是普通文件"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert alone(pipe)


# Faults at every step.


def failing(name: str, error: BaseException, calls: int = 1) -> Callable[..., object]:
    """A function of `os` that fails at its so-manieth call; one that closes does close first."""
    was = getattr(os, name)
    count = 0

    def fails(*args: object, **options: object) -> object:
        nonlocal count
        count += 1
        if count == calls:
            if name == "close":
                was(*args, **options)
            raise error
        return was(*args, **options)

    return fails


STEPS = ("stat", "open", "write", "fsync", "close", "replace", "chmod")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EIO, "磁盘读写出错"),
        (errno.EROFS, "所在的磁盘是只读的"),
        (errno.EFBIG, "文件超过了允许的大小"),
        (errno.EACCES, "没有写入的权限，或者文件正被别的程序占用"),
        (errno.ETXTBSY, os.strerror(errno.ETXTBSY)),
    ],
)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails(file: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, reason: str) -> None:
    fails = failing(step, OSError(number, os.strerror(number)))
    monkeypatch.setattr(os, step, fails)
    message = refused(file)
    monkeypatch.undo()
    assert message == f"没有写 {file}：{reason}"
    assert file.read_bytes() == OLD
    assert alone(file)


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupt_at_a_step(file: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    fails = failing(step, KeyboardInterrupt())
    monkeypatch.setattr(os, step, fails)
    with pytest.raises(KeyboardInterrupt):
        write(str(file), NEW)
    monkeypatch.undo()
    assert file.read_bytes() == OLD
    assert alone(file)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_an_interrupt_at_every_line(file: Path) -> None:
    """One that comes before any line of the module is run: there are some fifty of them."""
    code = {value.__code__ for value in vars(writing).values() if isinstance(value, types.FunctionType)}
    code |= {value.__wrapped__.__code__ for value in vars(writing).values() if hasattr(value, "__wrapped__")}
    outcomes = []
    for line in range(1000):
        file.write_bytes(OLD)
        left = line

        def trace(frame: types.FrameType, event: str, _: object) -> Callable[..., object] | None:
            nonlocal left
            if frame.f_code not in code:
                return None
            if event == "line":
                if left == 0:
                    left -= 1
                    raise KeyboardInterrupt
                left -= 1
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            write(str(file), NEW, expected=OLD)
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(before)
        held = file.read_bytes()
        assert held in (OLD, NEW), f"line event {line}"
        assert alone(file), f"line event {line}"
        outcomes.append(held == NEW)
        if left >= 0:
            break
    assert outcomes.count(False) > 20
    assert outcomes[-1]


def test_a_disk_that_takes_a_part_at_a_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    was = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: was(descriptor, data[:7]))
    write(str(file), NEW)
    assert file.read_bytes() == NEW


def test_a_disk_that_takes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda *_: 0)
    assert "磁盘已满" in refused(file)
    assert file.read_bytes() == OLD
    assert alone(file)


def test_a_file_that_stands_in_the_way_is_not_touched(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", lambda size: b"\0" * size)
    other = file.with_name(f".reportlint-{'00' * 8}.tmp")
    other.write_bytes(b"of somebody else")
    assert refused(file).startswith(f"没有写 {file}：")
    assert other.read_bytes() == b"of somebody else"
    assert file.read_bytes() == OLD


@POSIX
def test_a_folder_that_cannot_be_synced_is_no_error(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails = failing("fsync", OSError(errno.EINVAL, "no"), calls=2)
    monkeypatch.setattr(os, "fsync", fails)
    write(str(file), NEW)
    assert file.read_bytes() == NEW


@POSIX
def test_what_is_written_is_on_the_disk_before_it_has_the_name(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    def noted(name: str, was: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object) -> object:
            steps.append(name)
            return was(*args)

        return step

    for name in ("write", "chmod", "fsync", "close", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    write(str(file), NEW)
    monkeypatch.undo()
    assert steps == ["write", "chmod", "fsync", "close", "replace", "fsync", "close"]


@POSIX
def test_nobody_else_may_read_what_is_not_finished(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    was = os.write

    def look(descriptor: int, data: bytes) -> int:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return was(descriptor, data)

    monkeypatch.setattr(os, "write", look)
    file.chmod(0o666)
    write(str(file), NEW)
    assert modes == [0o600]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 64 kB."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting takes root on Linux")
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
        )
    except OSError:
        pytest.skip("there is no mount")
    if mounted.returncode:
        pytest.skip(f"mount says: {mounted.stderr.decode(errors='replace').strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    file = small_disk / "报告.txt"
    file.write_bytes(OLD)
    assert refused(file, b"x" * 200_000, OLD) == f"没有写 {file}：磁盘已满"
    assert file.read_bytes() == OLD
    assert alone(file)
    write(str(file), NEW[:20_000], expected=OLD)
    assert file.read_bytes() == NEW[:20_000]
