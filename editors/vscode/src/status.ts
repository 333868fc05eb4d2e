/** What the status bar says. */

export type State =
  /** Nothing was asked of it yet. */
  | { readonly kind: "idle" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly version: string; readonly command: string }
  /** The workspace is not trusted. */
  | { readonly kind: "restricted" }
  | { readonly kind: "failed"; readonly reason: string };

/** How many findings a report has, by severity. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
}

export interface Line {
  readonly text: string;
  readonly tooltip: string;
  readonly look: "plain" | "warning" | "error";
}

const SOURCE = "reportlint";
const CLICK = "点击查看输出";

/** Count what reportlint says, and nobody else. `severity` is the editor's: 0 error, 1 warning, 2 information. */
export function counted(diagnostics: Iterable<{ readonly severity: number; readonly source?: string | undefined }>): Counts {
  const counts = [0, 0, 0, 0];
  for (const { severity, source } of diagnostics) {
    if (source === SOURCE) {
      counts[severity] = (counts[severity] ?? 0) + 1;
    }
  }
  const [errors = 0, warnings = 0, advice = 0] = counts;
  return { errors, warnings, advice };
}

export function line(state: State, counts: Counts): Line {
  switch (state.kind) {
    case "idle":
      return { text: "reportlint", tooltip: `reportlint 尚未启动。${CLICK}`, look: "plain" };
    case "starting":
      return { text: "$(loading~spin) reportlint", tooltip: `reportlint 正在启动。${CLICK}`, look: "plain" };
    case "restricted":
      return { text: "$(shield) reportlint", tooltip: `工作区未受信任，不检查报告。${CLICK}`, look: "warning" };
    case "failed":
      return { text: "$(error) reportlint", tooltip: `${state.reason}\n${CLICK}`, look: "error" };
    case "running":
      return {
        text: `${counts.errors + counts.warnings + counts.advice === 0 ? "$(check)" : "$(checklist)"} ${told(counts)}`,
        tooltip: `reportlint ${state.version}：${inFull(counts)}\n${state.command}\n${CLICK}`,
        look: "plain",
      };
  }
}

function told({ errors, warnings, advice }: Counts): string {
  const parts = [
    [errors, "错误"],
    [warnings, "警告"],
    [advice, "建议"],
  ] as const;
  const some = parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`);
  return some.length === 0 ? "reportlint" : some.join(" ");
}

function inFull({ errors, warnings, advice }: Counts): string {
  return `错误 ${String(errors)}，警告 ${String(warnings)}，建议 ${String(advice)}`;
}
