import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";

import { example, examples } from "./files";

const PATH = "syntaxes/ogi-report.tmLanguage.json";

async function grammar(): Promise<IGrammar> {
  await ready;
  const loaded = await new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(PATH, "utf8"), PATH)),
  }).loadGrammar("text.ogi-report");
  assert.ok(loaded);
  return loaded;
}

const ready = loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);

interface Piece {
  readonly text: string;
  readonly scope: string;
}

/** A line's pieces that have a scope of their own: the innermost, without the language's name. */
function pieces(of: IGrammar, line: string): Piece[] {
  return of
    .tokenizeLine(line, INITIAL)
    .tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scope: (scopes.at(-1) ?? "").replace(/\.ogi-report$/, ""),
    }))
    .filter(({ scope }) => scope !== "text" && scope !== "meta.table.row");
}

async function scopes(line: string): Promise<string[][]> {
  return pieces(await grammar(), line).map(({ text, scope }) => [text, scope]);
}

test("the title", async () => {
  const title = "云溪县水务局2024年政府信息公开工作年度报告";
  assert.deepEqual(await scopes(title), [[title, "markup.heading.1"]]);
  assert.deepEqual(await scopes(`# ${title}`), [
    ["# ", "punctuation.definition.heading"],
    [title, "markup.heading.1"],
  ]);
  assert.deepEqual(await scopes("洪山区 2023 年政府信息公开工作 年度报告"), [
    ["洪山区 2023 年政府信息公开工作 年度报告", "markup.heading.1"],
  ]);
  const sentence = await scopes("本局2024年政府信息公开工作年度报告。");
  assert.deepEqual(sentence, [["2024年", "constant.other.date"]]);
});

test("headings", async () => {
  assert.deepEqual(await scopes("一、总体情况"), [
    ["一、", "punctuation.definition.ordinal"],
    ["总体情况", "entity.name.section"],
  ]);
  assert.deepEqual(await scopes("## 三、收到和处理政府信息公开申请情况"), [
    ["## ", "punctuation.definition.heading"],
    ["三、", "punctuation.definition.ordinal"],
    ["收到和处理政府信息公开申请情况", "entity.name.section"],
  ]);
  assert.deepEqual(await scopes("（一）主动公开。公布结果12期。"), [
    ["（一）", "punctuation.definition.ordinal"],
    ["主动公开", "entity.name.section"],
    ["12", "constant.numeric.count"],
    ["期", "keyword.other.unit"],
  ]);
  assert.deepEqual(await scopes("一、本局高度重视。"), []);
});

test("rows of tables, divided by tabs", async () => {
  assert.deepEqual(await scopes("一、本年新收政府信息公开申请数量\t\t\t2\t-1\t0.35"), [
    ["一、", "punctuation.definition.ordinal"],
    ["本年新收政府信息公开申请数量", "variable.other.label"],
    ["2", "constant.numeric.cell"],
    ["-1", "constant.numeric.cell"],
    ["0.35", "constant.numeric.cell"],
  ]);
  assert.deepEqual(await scopes("\t（七）总计\t\t0\t12"), [
    ["（七）总计", "keyword.other.total"],
    ["0", "constant.numeric.cell"],
    ["12", "constant.numeric.cell"],
  ]);
  assert.deepEqual(await scopes("第二十条第（八）项\t\t\t"), [["第二十条第（八）项", "markup.bold.block"]]);
});

test("rows of tables, divided by bars", async () => {
  assert.deepEqual(await scopes("|  | 1.属于国家秘密 | 0 | 12 |"), [
    ["|", "punctuation.separator.table"],
    ["|", "punctuation.separator.table"],
    ["1.", "punctuation.definition.ordinal"],
    ["属于国家秘密 ", "variable.other.label"],
    ["|", "punctuation.separator.table"],
    ["0", "constant.numeric.cell"],
    ["|", "punctuation.separator.table"],
    ["12", "constant.numeric.cell"],
    ["|", "punctuation.separator.table"],
  ]);
  assert.deepEqual(await scopes("| --- | :-: |"), [["| --- | :-: |", "punctuation.separator.table.rule"]]);
});

test("a figure that belongs to a label is none of a cell's", async () => {
  assert.deepEqual(await scopes("截至12月\t3"), [
    ["截至12月", "variable.other.label"],
    ["3", "constant.numeric.cell"],
  ]);
});

test("prose", async () => {
  assert.deepEqual(await scopes("截至2024年12月31日，依据《中华人民共和国政府信息公开条例》第五十条，收取0.5万元，占12.5%。"), [
    ["2024年12月31日", "constant.other.date"],
    ["《中华人民共和国政府信息公开条例》", "string.other.regulation"],
    ["第五十条", "string.other.article"],
    ["0.5", "constant.numeric.count"],
    ["万元", "keyword.other.unit"],
    ["12.5", "constant.numeric.count"],
    ["%", "keyword.other.unit"],
  ].map(([text, scope]) => [text, scope]));
  assert.deepEqual(await scopes("按国办公开办函〔2021〕30号的格式"), [["〔2021〕30号", "string.other.number"]]);
});

test("the example reports: a title, six or more sections, and every figure of the tables", async () => {
  const loaded = await grammar();
  for (const { name, text } of examples()) {
    const lines = text.split("\n");
    const all = lines.map((line) => pieces(loaded, line));
    const count = (scope: string): number => all.flat().filter((each) => each.scope === scope).length;
    assert.equal(count("markup.heading.1"), 1, name);
    assert.ok(lines.filter((line) => /^(?:## )?[一二三四五六七八九]、[^\t|]*$/.test(line)).length >= 6, name);
    const sections = all.filter((line) => line.some(({ scope }) => scope === "entity.name.section"));
    assert.ok(sections.length >= 6, name);
    const cells = lines
      .filter((line) => /[\t|]/.test(line))
      .flatMap((line) => line.split(/[\t|]/))
      .filter((cell) => /^\s*-?\d+(?:\.\d+)?\s*$/.test(cell));
    assert.ok(cells.length > 0, name);
    assert.equal(count("constant.numeric.cell"), cells.length, name);
  }
});

test("the faulty example has its wrong total coloured as a figure", async () => {
  const loaded = await grammar();
  const line = example("yunxi-water-2024-faulty.txt").split("\n")[36] ?? "";
  assert.deepEqual(
    pieces(loaded, line)
      .filter(({ scope }) => scope === "constant.numeric.cell")
      .map(({ text }) => text),
    ["2", "0", "0", "0", "0", "0", "3"],
  );
});
