"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re
import sys

import pytest

from reportlint import Linter, lazy_pattern


def test_a_pattern_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def watched(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return compile_(text, flags)

    monkeypatch.setattr(re, "compile", watched)
    lazy = lazy_pattern("[一二]是")
    assert compiled == []
    assert [match.group() for match in lazy.finditer("一是甲，二是乙")] == ["一是", "二是"]
    assert lazy.search("二是") is not None
    assert lazy.sub("·", "一是") == "·"
    assert compiled == ["[一二]是"]


def test_a_pattern_is_what_re_makes_of_it() -> None:
    lazy = lazy_pattern("甲.乙", re.DOTALL)
    assert (lazy.pattern, lazy.flags) == (re.compile("甲.乙", re.DOTALL).pattern, re.compile("甲.乙", re.DOTALL).flags)
    assert lazy.fullmatch("甲\n乙") is not None
    with pytest.raises(AttributeError):
        _ = lazy.no_such_thing  # type: ignore[attr-defined]


def test_a_wrong_pattern_is_an_error_when_it_is_used() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.search("x")


def test_every_pattern_of_the_packs_kept_here_is_one() -> None:
    Linter.from_layers([])
    found = {
        f"{name}.{attribute}": value
        for name, module in list(sys.modules.items())
        if name.startswith("reportlint_")
        for attribute, value in vars(module).items()
        if type(value).__name__ == "_Pattern"
    }
    assert len(found) > 100
    for value in found.values():
        assert value.search("") is None or value.pattern
