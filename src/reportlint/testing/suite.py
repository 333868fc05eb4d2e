"""What a pack brings to be tested, run without a test file: its pages, its cases, its mutants."""

from __future__ import annotations

import os
from typing import NamedTuple

from reportlint import config
from reportlint.discovery import folder_of_pack
from reportlint.errors import ReportlintError
from reportlint.linter import Linter, settings_for
from reportlint.packs import Packs
from reportlint.testing.cases import CaseCheck, cases_of, check_case
from reportlint.testing.mutants.score import Mutation, mutate
from reportlint.testing.pages import PageCheck, check_page


class PackCheck(NamedTuple):
    """All that came of testing a pack."""

    pack: str
    rules: int
    pages: list[PageCheck]
    cases: list[CaseCheck]
    stray: list[str]
    """Pages of rules that there are not."""
    mutation: Mutation | None

    @property
    def faults(self) -> int:
        """How many pages, cases and mutants are not as they should be."""
        found = sum(bool(page.faults) for page in self.pages) + sum(bool(case.faults) for case in self.cases)
        found += len(self.stray)
        if self.mutation is not None:
            found += len(self.mutation.missed) + len(self.mutation.false_alarms) + len(self.mutation.faults)
        return found


def check_packs(target: str | None, *, mutants: bool = False) -> list[PackCheck]:
    """Test a pack by its name or folder, or every pack of the configuration that applies here.

    ReportlintError where there is no such pack, or none that has rules.
    """
    packs, names = _packs(target)
    return [check_pack(linter_for(packs, name), name, mutants=mutants) for name in names]


def check_pack(linter: Linter, pack: str, *, mutants: bool = False) -> PackCheck:
    """Test one pack with a linter that runs its rules."""
    rules = [rule for rule in linter.packs.rules if rule.startswith(f"{pack}/")]
    return PackCheck(
        pack,
        len(rules),
        [check_page(linter, rule) for rule in rules],
        [check_case(linter, pack, case) for case in cases_of(linter, pack)],
        _stray(linter.packs, pack),
        mutate(linter, pack) if mutants else None,
    )


def linter_for(packs: Packs, pack: str) -> Linter:
    """The linter that tests a pack: the default presets, the pack's own, and every rule of the pack."""
    own = [name for name, owner in packs.preset_packs.items() if owner == pack]
    own = [pack] if pack in own else own[:1]
    extends = [*(name for name, preset in packs.presets.items() if preset.default and name not in own), *own]
    layer = config.Layer(f"规则包 {pack} 的测试", extends=tuple(extends))
    running = settings_for(packs, [layer]).rules
    return Linter(packs, settings_for(packs, [layer._replace(select=(*running, pack))]))


def _packs(target: str | None) -> tuple[Packs, list[str]]:
    """The packs that are loaded, and the names of those to test."""
    is_folder = target is not None and os.path.isdir(target)
    file = config.find(target if target is not None and is_folder else os.curdir)
    folders = list(config.read(file).packs) if file else []
    if target is not None and is_folder:
        folders.append(target)
    packs = Packs.load(folders)
    with_rules = list(dict.fromkeys(rule.partition("/")[0] for rule in packs.rules))
    if target is None:
        names = with_rules
    else:
        name = folder_of_pack(target)[0] if is_folder else target
        if name not in packs.names:
            raise ReportlintError(f"没有规则包或文件夹 {name}{config.nearest(name, packs.names)}")
        names = [name] if name in with_rules else []
    if not names:
        raise ReportlintError(f"{f'规则包 {target}' if target else '各规则包'}没有规则，没有可测试的")
    return packs, names


def _stray(packs: Packs, pack: str) -> list[str]:
    """Pages in the folder `docs` of a pack that belong to none of its rules."""
    folder = packs.folder(pack)
    docs = os.path.join(folder, "docs") if folder else ""
    names = sorted(os.listdir(docs)) if os.path.isdir(docs) else []
    return [f"docs/{name}" for name in names if name.endswith(".md") and f"{pack}/{name[:-3]}" not in packs.rules]
