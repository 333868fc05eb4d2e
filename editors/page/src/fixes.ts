/** Fixes: what the server offers, and how it is made in the text. */

import type { LSPPlugin } from "@codemirror/lsp-client";
import type * as lsp from "vscode-languageserver-protocol";
import { type Finding, message, placed } from "./findings";

export interface Fix {
  /** What it does: `“，，”改为“，”`. */
  words: string;
  changes: Change[];
}

interface Change {
  from: number;
  to: number;
  insert: string;
}

/** What is offered for a text. */
export interface Offer {
  /** The fixes of single findings. */
  of: Map<Finding, Fix[]>;
  /** All that is certain at once; the server makes it when it is wanted. */
  all: (() => Promise<Fix | null>) | null;
}

export const NOTHING: Offer = { of: new Map(), all: null };

const QUICK_FIX = "quickfix";
const FIX_ALL = "source.fixAll.reportlint";
/** Characters that are shown around a change. */
const AROUND = 4;
const LONGEST = 40;

/** What the server offers for the text as it is; the caller sees to it that the text stays the same meanwhile. */
export async function offered(plugin: LSPPlugin): Promise<Offer> {
  const findings = placed(plugin.view.state).map(({ finding }) => finding);
  if (findings.length === 0) return NOTHING;
  const told = findings.map((finding) => finding.told);
  const [single, all] = await Promise.all([ask(plugin, told, QUICK_FIX), ask(plugin, told, FIX_ALL)]);
  const of = new Map<Finding, Fix[]>();
  for (const action of single) {
    const fix = fixOf(plugin, action);
    if (fix === null) continue;
    for (const finding of findings) {
      if (action.diagnostics?.some((each) => same(each, finding.told)) !== true) continue;
      of.set(finding, [...(of.get(finding) ?? []), fix]);
    }
  }
  const [first] = all;
  return { of, all: first === undefined ? null : async () => fixOf(plugin, await resolved(plugin, first)) };
}

export function apply(plugin: LSPPlugin, fix: Fix): void {
  plugin.view.dispatch({ changes: fix.changes, userEvent: "input.fix", scrollIntoView: true });
}

async function ask(plugin: LSPPlugin, diagnostics: lsp.Diagnostic[], kind: string): Promise<lsp.CodeAction[]> {
  const { doc } = plugin.view.state;
  const range = { start: { line: 0, character: 0 }, end: plugin.toPosition(doc.length, doc) };
  const answer = await plugin.client.request<lsp.CodeActionParams, (lsp.Command | lsp.CodeAction)[] | null>(
    "textDocument/codeAction",
    { textDocument: { uri: plugin.uri }, range, context: { diagnostics, only: [kind] } },
  );
  return (answer ?? []).filter((each): each is lsp.CodeAction => typeof each.command !== "string");
}

async function resolved(plugin: LSPPlugin, action: lsp.CodeAction): Promise<lsp.CodeAction> {
  if (action.edit !== undefined || action.data === undefined) return action;
  return plugin.client.request<lsp.CodeAction, lsp.CodeAction>("codeAction/resolve", action);
}

/** An action that only changes this text; null for any other. */
function fixOf(plugin: LSPPlugin, { title, edit, disabled, isPreferred }: lsp.CodeAction): Fix | null {
  if (edit === undefined || disabled !== undefined) return null;
  const edits: lsp.TextEdit[] = [...(edit.changes?.[plugin.uri] ?? [])];
  for (const change of edit.documentChanges ?? []) {
    if (!("textDocument" in change) || change.textDocument.uri !== plugin.uri) return null;
    for (const each of change.edits) {
      if (!("newText" in each)) return null;
      edits.push(each);
    }
  }
  if (edits.length === 0) return null;
  const changes = edits.map(({ range, newText }) => ({
    from: plugin.fromPosition(range.start),
    to: plugin.fromPosition(range.end),
    insert: newText,
  }));
  const doubt = isPreferred === false ? "（会改变内容，请核对）" : "";
  const short = inWords(plugin, changes);
  return { words: short === null ? title : `${short}${doubt}`, changes };
}

/** A single short change, with what stands around it. */
function inWords({ view }: LSPPlugin, changes: readonly Change[]): string | null {
  const [change] = changes;
  if (change === undefined || changes.length > 1) return null;
  const { doc } = view.state;
  const line = doc.lineAt(change.from);
  if (change.to > line.to || change.insert.includes("\n")) return null;
  const before = doc.sliceString(Math.max(line.from, change.from - AROUND), change.from);
  const after = doc.sliceString(change.to, Math.min(line.to, change.to + AROUND));
  const was = before + doc.sliceString(change.from, change.to) + after;
  const becomes = before + change.insert + after;
  return Math.max(was.length, becomes.length) > LONGEST ? null : `“${was}”改为“${becomes}”`;
}

function same(one: lsp.Diagnostic, other: lsp.Diagnostic): boolean {
  return one.code === other.code && message(one) === message(other) && equal(one.range, other.range);
}

function equal(one: lsp.Range, other: lsp.Range): boolean {
  return JSON.stringify([one.start, one.end]) === JSON.stringify([other.start, other.end]);
}
