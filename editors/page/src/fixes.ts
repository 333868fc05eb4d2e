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

const QUICK_FIX = "quickfix";
const FIX_ALL = "source.fixAll.reportlint";
/** Characters that are shown around a change. */
const AROUND = 4;
const LONGEST = 40;
/** Findings whose fixes are asked for before anybody wants them, and the milliseconds that this may take. */
const FIRST = 50;
const PATIENCE = 2_000;

/** What is offered for a text. The server tries each fix before it offers it, so that it is asked for one at a time. */
export class Offer {
  /** Makes all at once that is certain; null where nothing is, or that is not known yet. */
  all: (() => Promise<Fix | null>) | null = null;
  /** Whether the server has been asked. */
  known = false;
  private readonly fixes = new Map<Finding, readonly Fix[]>();

  constructor(private readonly plugin: LSPPlugin | null) {}

  /** The fixes of a finding that are known already. */
  of(finding: Finding): readonly Fix[] {
    return this.fixes.get(finding) ?? [];
  }

  /** The fixes of a finding; of none where the text has moved on. */
  async ask(finding: Finding): Promise<readonly Fix[]> {
    const { plugin } = this;
    const known = this.fixes.get(finding);
    if (known !== undefined || plugin === null) return known ?? [];
    const { doc } = plugin.view.state;
    const actions = await actionsFor(plugin, finding.told.range, [finding.told], QUICK_FIX);
    if (plugin.view.state.doc !== doc) return [];
    const own = actions.filter(({ diagnostics }) => diagnostics?.some((each) => same(each, finding.told)) === true);
    const fixes = own.map((action) => fixOf(plugin, action)).filter((fix) => fix !== null);
    this.fixes.set(finding, fixes);
    return fixes;
  }

  /** Ask for what a clerk will want first, as long as it is wanted. */
  async prepare(wanted: () => boolean): Promise<void> {
    const { plugin } = this;
    if (plugin === null) return;
    const { doc } = plugin.view.state;
    const findings = placed(plugin.view.state).map(({ finding }) => finding);
    if (findings.length > 0) {
      const whole = { start: { line: 0, character: 0 }, end: plugin.toPosition(doc.length, doc) };
      const [first] = await actionsFor(plugin, whole, [], FIX_ALL);
      this.all = first === undefined ? null : async () => fixOf(plugin, await resolved(plugin, first));
    }
    const end = performance.now() + PATIENCE;
    for (const finding of findings.slice(0, FIRST)) {
      if (!wanted() || performance.now() > end) break;
      await this.ask(finding);
    }
    this.known = true;
  }
}

export const NOTHING = new Offer(null);

export function apply(plugin: LSPPlugin, fix: Fix): void {
  plugin.view.dispatch({ changes: fix.changes, userEvent: "input.fix", scrollIntoView: true });
}

async function actionsFor(
  plugin: LSPPlugin,
  range: lsp.Range,
  diagnostics: lsp.Diagnostic[],
  kind: string,
): Promise<lsp.CodeAction[]> {
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
