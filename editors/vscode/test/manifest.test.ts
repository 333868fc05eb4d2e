import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";

import { COMMANDS } from "../src/commands";
import { LANGUAGE } from "../src/reports";
import { read } from "../src/settings";
import { examples, json } from "./files";

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly languages: readonly {
      readonly id: string;
      readonly firstLine: string;
      readonly filenamePatterns: readonly string[];
      readonly configuration: string;
    }[];
    readonly grammars: readonly { readonly language: string; readonly path: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly semanticTokenScopes: readonly {
      readonly language: string;
      readonly scopes: Readonly<Record<string, readonly string[]>>;
    }[];
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly markdown: string } }[];
    }[];
  };
}

const text = readFileSync("package.json", "utf8");
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const [language] = contributes.languages;
assert.ok(language);

/** As the editor reads a pattern of file names: `*` stands for anything but a separator. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
}

function isReport(name: string): boolean {
  return language?.filenamePatterns.some((pattern) => matches(pattern, name)) === true;
}

test("the language is the one that the code means", () => {
  assert.equal(language.id, LANGUAGE);
  assert.deepEqual(
    contributes.grammars.map((each) => each.language),
    [LANGUAGE],
  );
  assert.ok(existsSync(language.configuration));
  assert.ok(contributes.grammars.every(({ path }) => existsSync(path)));
});

test("what the server names is coloured as the grammar colours it", () => {
  const grammar = readFileSync("syntaxes/ogi-report.tmLanguage.json", "utf8");
  const [mapping] = contributes.semanticTokenScopes;
  assert.equal(mapping?.language, LANGUAGE);
  for (const scope of Object.values(mapping.scopes).flat()) {
    assert.ok(grammar.includes(`"${scope}"`), scope);
  }
});

test("commands are those of the code", () => {
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
});

test("settings and their defaults are those of the code", () => {
  const { properties } = contributes.configuration;
  const asked = new Set<string>();
  const defaults = read((key) => {
    asked.add(`reportlint.${key}`);
    return properties[`reportlint.${key}`]?.default;
  });
  // The client library reads this one.
  asked.add("reportlint.trace.server");
  assert.deepEqual(Object.keys(properties).sort(), [...asked].sort());
  assert.deepEqual(
    defaults,
    read(() => undefined),
  );
});

test("what runs programs or code of a workspace is restricted in one that is not trusted", () => {
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
    "reportlint.path",
    "reportlint.config",
  ]);
});

test("both languages have every text, and no other", () => {
  const used = [...text.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key ?? "");
  for (const file of ["package.nls.json", "package.nls.en.json"]) {
    assert.deepEqual(Object.keys(json(file) as object).sort(), [...new Set(used)].sort(), file);
  }
});

test("the walkthrough has its pages, and links to commands that there are", () => {
  const [walkthrough] = contributes.walkthroughs;
  assert.equal(walkthrough?.steps.length, 5);
  for (const { media } of walkthrough.steps) {
    assert.ok(existsSync(media.markdown), media.markdown);
  }
  for (const file of ["package.nls.json", "package.nls.en.json"]) {
    const commands = [...readFileSync(file, "utf8").matchAll(/\(command:(reportlint\.[^)]+)\)/g)].map(([, each]) => each);
    assert.ok(commands.length >= 4);
    for (const command of commands) {
      assert.ok(
        Object.values(COMMANDS).some((each) => each === command),
        command,
      );
    }
  }
});

test("reports are known by their names", () => {
  for (const name of [
    "云溪县水务局2024年政府信息公开工作年度报告.txt",
    "2024年度政府信息公开年度报告（定稿）.txt",
    "2016年政府信息公开工作报告.txt",
    "政府信息公开年报2023.TXT",
    "政务信息公开工作年度报告.txt",
  ]) {
    assert.ok(isReport(name), name);
  }
  for (const name of [
    "年报.txt",
    "公司2024年报.txt",
    "2024年法治政府建设年度报告.txt",
    "政府信息公开指南.txt",
    "政府信息公开工作年度报告.md",
    "政府信息公开工作年度报告.docx",
    ...examples().map(({ name }) => basename(name)),
  ]) {
    assert.ok(!isReport(name), name);
  }
});

test("the first line of a report is known", () => {
  const first = new RegExp(language.firstLine);
  for (const { name, text: report } of examples()) {
    assert.match(report.split("\n")[0] ?? "", first, name);
  }
  assert.doesNotMatch("关于编制政府信息公开工作年度报告的通知", first);
});

test("a double click takes a figure or a word", () => {
  const { wordPattern } = json(language.configuration) as { wordPattern: { pattern: string; flags: string } };
  const words = new RegExp(wordPattern.pattern, `g${wordPattern.flags}`);
  assert.deepEqual("收到申请12件，𠮷县３项；-0.35万元（PDF）".match(words), [
    "收到申请",
    "12",
    "件",
    "𠮷县",
    "３项",
    "-0.35",
    "万元",
    "PDF",
  ]);
});
