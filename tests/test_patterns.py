"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from reportlint import pattern


def test_a_pattern_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def watched(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return compile_(text, flags)

    monkeypatch.setattr(re, "compile", watched)
    lazy = pattern("[一二]是")
    assert compiled == []
    assert [match.group() for match in lazy.finditer("一是甲，二是乙")] == ["一是", "二是"]
    assert lazy.search("二是") is not None
    assert lazy.sub("·", "一是") == "·"
    assert compiled == ["[一二]是"]


def test_a_pattern_is_what_re_makes_of_it() -> None:
    lazy = pattern("甲.乙", re.DOTALL)
    assert (lazy.pattern, lazy.flags) == (re.compile("甲.乙", re.DOTALL).pattern, re.compile("甲.乙", re.DOTALL).flags)
    assert lazy.fullmatch("甲\n乙") is not None
    with pytest.raises(AttributeError):
        _ = lazy.no_such_thing  # type: ignore[attr-defined]


def test_a_wrong_pattern_is_an_error_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("x")
