/** Fixes: what the server offers, and how it is made in the text. */

import type { LSPPlugin } from "@codemirror/lsp-client";
import type { ChangeSpec } from "@codemirror/state";
import type * as lsp from "vscode-languageserver-protocol";
import { type Finding, message, placed } from "./findings";

export const FIX_ALL = "source.fixAll.reportlint";
const QUICK_FIX = "quickfix";

export interface Fix {
  title: string;
  changes: ChangeSpec[];
}

/** What is offered for a text: fixes of single findings, and those that fix all that can be. */
export interface Offer {
  of: Map<Finding, Fix[]>;
  all: Fix | null;
}

export const NOTHING: Offer = { of: new Map(), all: null };

/** What the server offers for the text as it is; the caller sees to it that the text stays the same meanwhile. */
export async function offered(plugin: LSPPlugin): Promise<Offer> {
  const findings = placed(plugin.view.state).map(({ finding }) => finding);
  if (findings.length === 0) return NOTHING;
  const { doc } = plugin.view.state;
  const whole = { start: { line: 0, character: 0 }, end: plugin.toPosition(doc.length, doc) };
  const told = findings.map((finding) => finding.told);
  const [single, all] = await Promise.all([
    ask(plugin, whole, { diagnostics: told, only: [QUICK_FIX] }),
    ask(plugin, whole, { diagnostics: told, only: [FIX_ALL] }),
  ]);
  const offer: Offer = { of: new Map(), all: null };
  for (const action of single) {
    const fix = fixOf(plugin, action);
    for (const finding of findings) {
      if (fix !== null && action.diagnostics?.some((each) => same(each, finding.told)) === true) {
        offer.of.set(finding, [...(offer.of.get(finding) ?? []), fix]);
      }
    }
  }
  for (const action of all) offer.all ??= fixOf(plugin, action);
  return offer;
}

export function apply(plugin: LSPPlugin, fix: Fix): void {
  plugin.view.dispatch({ changes: fix.changes, userEvent: "input.fix", scrollIntoView: true });
}

async function ask(plugin: LSPPlugin, range: lsp.Range, context: lsp.CodeActionContext): Promise<lsp.CodeAction[]> {
  const textDocument = { uri: plugin.uri };
  const answer = await plugin.client.request<lsp.CodeActionParams, (lsp.Command | lsp.CodeAction)[] | null>(
    "textDocument/codeAction",
    { textDocument, range, context },
  );
  const actions = (answer ?? []).filter((each): each is lsp.CodeAction => typeof each.command !== "string");
  return Promise.all(
    actions.map(async (action) => {
      if (action.edit !== undefined || action.data === undefined) return action;
      return plugin.client.request<lsp.CodeAction, lsp.CodeAction>("codeAction/resolve", action);
    }),
  );
}

/** An action that only changes this text; null for any other. */
function fixOf(plugin: LSPPlugin, { title, edit, disabled }: lsp.CodeAction): Fix | null {
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
  return { title, changes };
}

function same(one: lsp.Diagnostic, other: lsp.Diagnostic): boolean {
  return one.code === other.code && message(one) === message(other) && equal(one.range, other.range);
}

function equal(one: lsp.Range, other: lsp.Range): boolean {
  return JSON.stringify([one.start, one.end]) === JSON.stringify([other.start, other.end]);
}
