/** What is found in the text, and whether it is still so. */

import { forEachDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { LSPPlugin } from "@codemirror/lsp-client";
import type { EditorState, TransactionSpec } from "@codemirror/state";
import type * as lsp from "vscode-languageserver-protocol";

/** A finding as the editor keeps it, with what the server said. */
export interface Finding extends Diagnostic {
  told: lsp.Diagnostic;
}

export interface Placed {
  finding: Finding;
  from: number;
  to: number;
}

export const WORDS = { error: "错误", warning: "警告", info: "建议", hint: "已接受" } as const;
const SEVERITIES = ["error", "warning", "info", "hint"] as const;

/** The change of the editor's state that brings what the server said of the text as it is. */
export function bring(plugin: LSPPlugin, told: readonly lsp.Diagnostic[]): TransactionSpec {
  const { state } = plugin.view;
  const findings = told.map((each): Finding => {
    const severity = SEVERITIES[(each.severity ?? 1) - 1] ?? "error";
    return {
      from: plugin.fromPosition(each.range.start),
      to: plugin.fromPosition(each.range.end),
      severity,
      message: message(each),
      told: each,
    };
  });
  return setDiagnostics(state, findings);
}

/** The findings in the order of the text, where they stand now. */
export function placed(state: EditorState): Placed[] {
  const all: Placed[] = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if ("told" in diagnostic) all.push({ finding: diagnostic as Finding, from, to });
  });
  return all.sort((one, other) => one.from - other.from);
}

/** Those that touch a place. */
export function at(state: EditorState, place: number): Placed[] {
  return placed(state).filter(({ from, to }) => from <= place && place <= to);
}

/** What is said of a finding, as plain text. */
export function message({ message }: lsp.Diagnostic): string {
  return typeof message === "string" ? message : message.value;
}

/** The rule of a finding, by its name. */
export function rule({ told }: Finding): string {
  return told.code === undefined ? "" : String(told.code);
}

/** Where a finding stands in the file that the text was taken from; empty where there is none, or it has no place. */
export function origin({ told }: Finding): string {
  const data: unknown = told.data;
  return typeof data === "object" && data !== null && "location" in data ? String(data.location) : "";
}

/** How many there are, by severity: `错误 1 处、警告 2 处`. */
export function counted(findings: readonly Placed[]): string {
  const counts = new Map<Finding["severity"], number>();
  for (const { finding } of findings) counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
  const parts = SEVERITIES.filter((severity) => counts.has(severity));
  return parts.map((severity) => `${WORDS[severity]} ${counts.get(severity) ?? 0} 处`).join("、");
}
