"""Mandatory rules: which there are, who made them so, and that nobody silences them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from reportlint.errors import ConfigError
from reportlint.rules import Rule


class Mandates:
    """The mandatory rules that the layers so far have on.

    A preset may take another preset's rule off, as that of a province does whose own rule takes the place of the
    national one. What the presets have on together nobody else may take off, or make less grave.
    """

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._origins = {name: f"规则包 {name.partition('/')[0]}" for name, rule in rules.items() if rule.mandatory}
        self._on: set[str] = set()

    def add(self, rules: Iterable[str], origin: str, running: Container[str]) -> None:
        """The rules that a layer makes mandatory, and those that are on with it."""
        for rule in rules:
            self._origins.setdefault(rule, origin)
        self._on.update(rule for rule in self._origins if rule in running)

    def release(self, rule: str) -> None:
        """A preset takes a rule off."""
        self._on.discard(rule)

    def refuse(self, rule: str, deed: str) -> None:
        """ConfigError where the rule is mandatory and on: what was done to it, and who made it mandatory."""
        if rule in self._on:
            raise ConfigError(f"{deed}，但它是必须检查的规则（由 {self._origins[rule]} 规定）")

    @property
    def held(self) -> Mapping[str, str]:
        """The rules that cannot be silenced, and who says so."""
        return {rule: origin for rule, origin in self._origins.items() if rule in self._on}
