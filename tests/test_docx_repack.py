"""A packed document with some parts changed: of all others every byte stays."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import ReadError
from reportlint.readers.docx.repack import repacked

from .margins import entries


class _Pipe(io.BytesIO):
    """A file in which nobody can go back: sizes then stand behind the parts."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_: int) -> int:
        raise OSError


def package(parts: dict[str, bytes], *, file: io.BytesIO | None = None, comment: bytes = b"") -> bytes:
    file = file or io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, (name, data) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (2000 + number, 2, 3, 4, 6, 8))
            info.external_attr = 0o640 << 16
            info.comment = f"第 {number} 个".encode()
            info.extra = b"\xfe\xca\x02\x00ab"
            archive.writestr(info, data, zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED)
        archive.comment = comment
    return file.getvalue()


PARTS = {"main": b"one" * 50, "b": b"two" * 50, "图/c": b"", "d": b"four"}


def held(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("file", [None, _Pipe()], ids=["file", "pipe"])
@pytest.mark.parametrize("name", list(PARTS))
def test_a_part_is_replaced_where_it_stands(name: str, file: io.BytesIO | None) -> None:
    data = package(PARTS, file=None if file is None else _Pipe(), comment=b"PK of a kind")
    made = repacked(data, {name: b"new" * 99}, "main")
    assert held(made) == {**PARTS, name: b"new" * 99}
    assert list(held(made)) == list(PARTS)
    for before, after in zip(entries(data), entries(made), strict=True):
        assert before[:3] == after[:3]
        assert before.packed == after.packed or before.name == name
    with zipfile.ZipFile(io.BytesIO(made)) as archive, zipfile.ZipFile(io.BytesIO(data)) as old:
        assert archive.comment == b"PK of a kind"
        for new, was in zip(archive.infolist(), old.infolist(), strict=True):
            assert (new.comment, new.external_attr) == (was.comment, was.external_attr)
            assert new.extra == was.extra or new.filename == name


def test_new_parts_are_behind_the_others_and_of_the_time_of_the_one_named() -> None:
    made = repacked(package(PARTS), {"new/图": b"x", "b": b"y"}, "d")
    assert list(held(made)) == [*PARTS, "new/图"]
    assert entries(made)[-1][:3] == ("new/图", (2003, 2, 3, 4, 6, 8), zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.infolist()[-1].comment == b""


def test_nothing_changed_is_the_same() -> None:
    data = package(PARTS, comment=b"c")
    assert repacked(data, {}, "main") == data


def test_names_are_compared_without_case() -> None:
    assert held(repacked(package({"Word/Main": b"a"}), {"word/mAin": b"b"}, "word/main")) == {"Word/Main": b"b"}


def test_what_stands_before_the_first_part_stays() -> None:
    data = b"#!/bin/sh\n" + package(PARTS)
    made = repacked(data, {"main": b"x"}, "d")
    assert made.startswith(b"#!/bin/sh\nPK")
    assert held(made) == {**PARTS, "main": b"x"}


def test_the_order_of_the_directory_is_not_that_of_the_bytes() -> None:
    file = io.BytesIO(package(PARTS))
    with zipfile.ZipFile(file, "a") as archive:
        archive.filelist.reverse()
        archive.comment = b"c"
    data = file.getvalue()
    assert list(held(data)) == list(PARTS)[::-1]
    made = repacked(data, {"b": b"x" * 999, "e": b""}, "main")
    assert held(made) == {**PARTS, "b": b"x" * 999, "e": b""}
    assert list(held(made)) == [*list(PARTS)[::-1], "e"]


def twice() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("main", b"a")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("main", b"b")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06",
        package(PARTS)[:-30],
        package(PARTS)[100:],
        package(PARTS).replace(b"PK\x01\x02", b"PK\x01\x03"),
        package({"other": b""}),
    ],
)
def test_what_is_no_sound_package(data: bytes) -> None:
    with pytest.raises(ReadError, match="压缩结构有损坏，不能写入"):
        repacked(data, {"main": b"x"}, "main")


def test_a_part_that_is_there_twice() -> None:
    with pytest.raises(ReadError, match="压缩结构有损坏"):
        repacked(twice(), {"main": b"x"}, "main")


@settings(deadline=None)
@given(
    st.dictionaries(st.text("abc图/", min_size=1, max_size=4), st.binary(max_size=30), min_size=1, max_size=5),
    st.data(),
    st.binary(max_size=8),
)
def test_any_parts(parts: dict[str, bytes], draw: st.DataObject, comment: bytes) -> None:
    parts = {name: data for name, data in parts.items() if not name.startswith("/")}
    if not parts or b"PK" in comment:
        return
    names = st.sampled_from([*parts, "z1", "z2"])
    changed = draw.draw(st.dictionaries(names, st.binary(max_size=30), max_size=3))
    data = package(parts, comment=comment)
    assert held(repacked(data, changed, next(iter(parts)))) == {**parts, **changed}
