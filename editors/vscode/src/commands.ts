/** Commands: those of the editor, those of the server, and what the latter are given. */

/** The editor's own, as `package.json` has them. */
export const COMMANDS = {
  createReport: "reportlint.createReport",
  fixAll: "reportlint.fixAll",
  treatAsReport: "reportlint.treatAsReport",
  restart: "reportlint.restart",
  showOutput: "reportlint.showOutput",
  accept: "reportlint.accept",
  openRule: "reportlint.openRule",
} as const;

/** The server's. None of them may be one of the editor's: the client registers them by the same names. */
export const SERVER_COMMANDS = {
  newReport: "reportlint.newReport",
  acceptWith: "reportlint.acceptWith",
  rulePage: "reportlint.rulePage",
} as const;

/** Commands that the server's code actions name and the editor carries out. */
export const CLIENT_COMMANDS: readonly string[] = [COMMANDS.accept, COMMANDS.openRule];

export const FIX_ALL = "source.fixAll.reportlint";

/** A finding that is to be accepted, as the server's code action names it. */
export interface Finding {
  readonly uri: string;
  readonly rule: string;
  readonly place: string;
  readonly content: string;
}

/** The parameters of `workspace/executeCommand`. */
export interface Call {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

const FINDING = ["uri", "rule", "place", "content"] as const;
const FIRST_YEAR = 2008;

export function isFinding(value: unknown): value is Finding {
  return (
    typeof value === "object" &&
    value !== null &&
    FINDING.every((key) => key in value && typeof (value as Record<string, unknown>)[key] === "string")
  );
}

export function newReport(organisation: string, year: string): Call {
  return {
    command: SERVER_COMMANDS.newReport,
    arguments: [{ organisation: organisation.trim(), year: Number(year.trim()), form: null }],
  };
}

export function acceptWith(finding: Finding, because: string): Call {
  const { uri, rule, place, content } = finding;
  return { command: SERVER_COMMANDS.acceptWith, arguments: [{ uri, rule, place, content, because: because.trim() }] };
}

export function rulePage(rule: string): Call {
  return { command: SERVER_COMMANDS.rulePage, arguments: [rule] };
}

/** The year that a report is most likely for: the one before. */
export function likelyYear(today: Date): string {
  return String(today.getFullYear() - 1);
}

/** What is wrong with a year that is typed; undefined where nothing is. */
export function yearTrouble(text: string, today: Date): string | undefined {
  const year = /^\d{4}$/.test(text.trim()) ? Number(text) : NaN;
  const last = today.getFullYear();
  return year >= FIRST_YEAR && year <= last ? undefined : `年份为四位数字，${String(FIRST_YEAR)} 至 ${String(last)}`;
}

/** What is wrong with a text that may not be empty; undefined where nothing is. */
export function emptyTrouble(text: string, what: string): string | undefined {
  return text.trim() === "" ? `${what}不能为空` : undefined;
}
