"""The one door: packs by entry point or by path, their rules, relations, grammars and presets."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from reportlint import hookspecs, resources
from reportlint.discovery import GROUP, folder_of_pack, installed_packs
from reportlint.errors import PackError, ReportlintError
from reportlint.findings import Severity
from reportlint.grammar import Grammar
from reportlint.hookspecs import Address, Preset
from reportlint.model import Report
from reportlint.readers import TEXT_SUFFIXES
from reportlint.readers.reader import Reader, Recogniser
from reportlint.references import Reference, References
from reportlint.relations.relation import Relation
from reportlint.rules import Rule

if TYPE_CHECKING:
    from reportlint.wording import Wording


class Packs:
    """All that the loaded packs bring, by name. Rules, grammars and relations are `pack/name`."""

    def __init__(self, modules: Mapping[str, object]) -> None:
        self._modules = dict(modules)
        self._manager = pluggy.PluginManager(GROUP)
        self._manager.add_hookspecs(hookspecs)
        for name, module in modules.items():
            try:
                self._manager.register(module, name)
                self._manager.check_pending()
            except (ValueError, pluggy.PluginValidationError) as error:
                raise PackError(f"规则包 {name} 的钩子有误：{error}") from error
        self.rules: Mapping[str, Rule] = dict(self._rules())
        self.grammars: Mapping[str, Grammar] = {
            item.name: item for _, item in self._named("reportlint_grammars", Grammar, "语法")
        }
        self._references: tuple[tuple[str, References], ...] = tuple(self._brought("reportlint_references"))
        self.readers: tuple[Reader, ...] = tuple(
            _checked(item, pack) for pack, item in self._named("reportlint_readers", Reader, "读取程序")
        )
        self.recognisers: tuple[Recogniser, ...] = tuple(
            item for _, item in self._named("reportlint_recognisers", Recogniser, "识别程序")
        )
        presets = list(self._named("reportlint_presets", Preset, "预设"))
        self.presets: Mapping[str, Preset] = {item.name: item for _, item in presets}
        self.addresses: Mapping[str, Address] = dict(self._addresses())
        self.preset_packs: Mapping[str, str] = {item.name: pack for pack, item in presets}
        """The pack that brings each preset."""

    @cached_property
    def wordings(self) -> Mapping[str, tuple[Wording, ...]]:
        """The standard texts that each pack brings: few runs need them."""
        from reportlint.wording import Wording

        found: dict[str, tuple[Wording, ...]] = {}
        for pack, item in self._brought("reportlint_wordings"):
            if not isinstance(item, Wording):
                raise PackError(f"规则包 {pack} 的 reportlint_wordings 返回了不是标准文字的 {item!r}")
            if any(other.form == item.form for other in found.get(pack, ())):
                raise PackError(f"规则包 {pack} 有两份 {item.form} 的标准文字")
            found[pack] = (*found.get(pack, ()), item)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._modules)

    @classmethod
    def load(cls, paths: Iterable[str] = ()) -> Packs:
        """The installed packs, and those in these folders; PackError when one cannot be loaded."""
        modules: dict[str, object] = {}
        origins: dict[str, str] = {}
        for pack in installed_packs(GROUP):
            if pack.name in modules:
                raise PackError(f"有两个规则包都叫 {pack.name}：{origins[pack.name]} 和 {pack.module}")
            modules[pack.name] = _import(pack.name, partial(importlib.import_module, pack.module))
            origins[pack.name] = pack.module
        for path in dict.fromkeys(os.path.realpath(path) for path in paths):
            name, folder = folder_of_pack(path)
            if name in modules:
                if _is_at(modules[name], folder):
                    continue
                raise PackError(f"有两个规则包都叫 {name}：{origins[name]} 和 {path}")
            modules[name] = _import(name, partial(_import_folder, folder))
            origins[name] = path
        return cls(modules)

    def folder(self, pack: str) -> str | None:
        """The folder of a pack's package; None for a pack that is no package in a folder."""
        module = self._modules.get(pack)
        file = module.__file__ if isinstance(module, ModuleType) else None
        folder = os.path.dirname(file) if file else None
        return folder if folder and os.path.isdir(folder) else None

    def page(self, rule_id: str) -> str | None:
        """The page of a rule, in Markdown, from its pack's folder `docs`."""
        pack, _, name = rule_id.partition("/")
        module = self._modules.get(pack)
        if not isinstance(module, ModuleType):
            return None
        try:
            return resources.read(module.__name__, f"docs/{name}.md").decode("utf-8")
        except OSError:
            return None

    def references(self, report: Report) -> Sequence[Reference]:
        """Which cells the prose of a report speaks of, in the order of the text; PackError where a pack fails."""
        found: list[Reference] = []
        for pack, find in self._references:
            try:
                found.extend(find(report))
            except (Exception, SystemExit) as error:
                raise PackError(f"规则包 {pack} 找文字所说的单元格时出错：{type(error).__name__}：{error}") from error
        return sorted(found, key=lambda reference: reference.claim.span)

    def title(self, rule_id: str) -> str | None:
        """The Chinese name of a rule, as its page has it below the rule's own."""
        lines = [line for line in (self.page(rule_id) or "").splitlines() if line]
        return lines[1] if len(lines) > 1 and not lines[1].startswith("#") else None

    def _brought(self, hook: str) -> Iterable[tuple[str, Any]]:
        """What each pack returns for a hook, pack by pack in the order of loading."""
        implementations = {impl.plugin_name: impl for impl in getattr(self._manager.hook, hook).get_hookimpls()}
        for pack in self._modules:
            if pack not in implementations:
                continue
            try:
                items = list(implementations[pack].function())
            except ReportlintError as error:
                raise PackError(f"规则包 {pack} 不能加载：{error}") from error
            except (Exception, SystemExit) as error:
                raise PackError(f"规则包 {pack} 的 {hook} 出错：{type(error).__name__}：{error}") from error
            for item in items:
                yield pack, item

    def _rules(self) -> Iterable[tuple[str, Rule]]:
        seen: set[str] = set()
        for pack, pair in self._brought("reportlint_relations"):
            if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], Relation)):
                raise PackError(f"规则包 {pack} 的 reportlint_relations 返回了不是（关系，严重程度）的 {pair!r}")
            relation, label = pair
            name = _new(f"{pack}/{relation.name}", seen, "规则")
            try:
                severity = Severity.parse(str(label))
            except ValueError as error:
                raise PackError(f"规则包 {pack} 的关系 {relation.name} 的严重程度 {label} 不认识") from error
            relation = relation._replace(name=name)
            yield (
                name,
                Rule(
                    name, relation.summary, relation.basis, severity, (), None, relation, mandatory=relation.mandatory
                ),
            )
        for pack, rule in self._brought("reportlint_rules"):
            if not isinstance(rule, Rule):
                raise PackError(f"规则包 {pack} 的 reportlint_rules 返回了不是规则的 {rule!r}")
            name = _new(f"{pack}/{rule.name}", seen, "规则")
            yield name, rule._replace(name=name)

    def _addresses(self) -> Iterable[tuple[str, Address]]:
        for pack, item in self._named("reportlint_addresses", Address, "网址"):
            if not str(item.url).startswith(("https://", "http://")):
                raise PackError(f"规则包 {pack} 的网址 {item.name} 不是 http 或 https 地址：{item.url}")
            yield item.name, item

    def _named(
        self, hook: str, kind: type[Grammar | Preset | Address | Reader | Recogniser], what: str
    ) -> Iterable[tuple[str, Any]]:
        seen: set[str] = set()
        for pack, item in self._brought(hook):
            if not isinstance(item, kind):
                raise PackError(f"规则包 {pack} 的 {hook} 返回了不是{what}的 {item!r}")
            _new(item.name, seen, what)
            yield pack, item


def _checked(reader: Reader, pack: str) -> Reader:
    """PackError for a reader of what is text by its name: that is read without any pack."""
    for suffix in sorted(reader.suffixes):
        if suffix in TEXT_SUFFIXES or not suffix.startswith(".") or suffix != suffix.lower():
            raise PackError(f"规则包 {pack} 的读取程序 {reader.name} 不能用于后缀 {suffix!r}")
    return reader


def _new(name: str, seen: set[str], what: str) -> str:
    if name in seen:
        raise PackError(f"有两个{what}都叫 {name}")
    seen.add(name)
    return name


def _import(name: str, load: Callable[[], ModuleType]) -> ModuleType:
    try:
        return load()
    except ReportlintError as error:
        raise PackError(f"规则包 {name} 不能加载：{error}") from error
    except (Exception, SystemExit) as error:
        raise PackError(f"规则包 {name} 不能加载：{type(error).__name__}：{error}") from error


def _is_at(module: object, folder: str) -> bool:
    """Whether a pack that is loaded already is the package in a folder: installed in place, say."""
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and os.path.realpath(file) == os.path.realpath(os.path.join(folder, "__init__.py"))


def forget(path: str) -> dict[str, ModuleType]:
    """Forget the modules of a pack in a folder, so that it is loaded as it is then; returns them. For programs that
    stay: what others hold of the old modules keeps working."""
    try:
        folder = folder_of_pack(os.path.realpath(path))[1]
    except PackError:
        return {}
    name = _module_name(folder)
    modules = {each: module for each, module in sys.modules.items() if _is_part(each, module, name, folder)}
    for each, module in modules.items():
        del sys.modules[each]
        # What was compiled is told apart by whole seconds: it may be from before a change in the same second.
        if module.__cached__:
            with suppress(OSError):
                os.unlink(module.__cached__)
    importlib.invalidate_caches()
    return modules


def remember(modules: Mapping[str, ModuleType]) -> None:
    """Put forgotten modules back where the pack could not be loaded anew: its old rules may import from them yet."""
    if modules and min(modules, key=len) not in sys.modules:
        sys.modules.update(modules)


def _is_part(name: str, module: object, package: str, folder: str) -> bool:
    """Whether a module is the package in a folder, or in it."""
    file = getattr(module, "__file__", None)
    within = isinstance(file, str) and os.path.realpath(file).startswith(os.path.join(os.path.realpath(folder), ""))
    return within and (name == package or name.startswith(f"{package}."))


def _module_name(folder: str) -> str:
    return os.path.basename(folder).replace("-", "_")


def _import_folder(folder: str) -> ModuleType:
    import importlib.util

    module_name = _module_name(folder)
    init = os.path.join(folder, "__init__.py")
    known = sys.modules.get(module_name)
    if known is not None:
        if known.__file__ and os.path.samefile(known.__file__, init):
            return known
        raise PackError(f"模块名 {module_name} 已被 {known.__file__} 占用")
    spec = importlib.util.spec_from_file_location(module_name, init, submodule_search_locations=[folder])
    if spec is None or spec.loader is None:
        raise PackError(f"{init} 不能作为模块加载")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[module_name]
        raise
    return module
