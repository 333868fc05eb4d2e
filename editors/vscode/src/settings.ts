/** The settings under `reportlint`: read, and as the server takes them. */

import { CLIENT_COMMANDS } from "./commands";
import { expanded, type Machine } from "./discovery";

export const SECTION = "reportlint";
const LAYOUTS = ["keep", "tab", "pipe"] as const;

type Layout = (typeof LAYOUTS)[number];

export interface Settings {
  readonly path: string;
  readonly config: string;
  readonly include: readonly string[];
  readonly recogniseTitle: boolean;
  readonly sums: boolean;
  readonly columns: boolean;
  readonly layout: Layout;
  readonly showAccepted: boolean;
}

/** What the server reads, with its keys; `config` is null where each report has the configuration nearest to it. */
export interface ServerSettings {
  readonly config: string | null;
  readonly inlayHints: { readonly sums: boolean; readonly columns: boolean };
  readonly format: { readonly layout: Layout };
  readonly showAccepted: boolean;
}

/** The settings, by what the editor has for each key. A value of the wrong kind counts as none: the editor marks it. */
export function read(value: (key: string) => unknown): Settings {
  const text = (key: string): string => {
    const found = value(key);
    return typeof found === "string" ? found.trim() : "";
  };
  const flag = (key: string, otherwise: boolean): boolean => {
    const found = value(key);
    return typeof found === "boolean" ? found : otherwise;
  };
  const include = value("include");
  const layout = value("format.layout");
  return {
    path: text("path"),
    config: text("config"),
    include: Array.isArray(include)
      ? include.filter((each): each is string => typeof each === "string" && each.trim() !== "")
      : [],
    recogniseTitle: flag("recogniseTitle", true),
    sums: flag("inlayHints.sums", true),
    columns: flag("inlayHints.columns", false),
    layout: LAYOUTS.find((each) => each === layout) ?? "keep",
    showAccepted: flag("showAccepted", true),
  };
}

/** What the server is told, when it starts and whenever it asks. */
export function forServer(
  settings: Settings,
  folders: readonly string[],
  machine: Pick<Machine, "platform" | "home">,
): ServerSettings {
  return {
    config: settings.config === "" ? null : expanded(settings.config, folders, machine),
    inlayHints: { sums: settings.sums, columns: settings.columns },
    format: { layout: settings.layout },
    showAccepted: settings.showAccepted,
  };
}

/** What the server is told once, when it starts: the settings, and the commands that are this side's. */
export function atStart(settings: ServerSettings): ServerSettings & { readonly commands: readonly string[] } {
  return { ...settings, commands: CLIENT_COMMANDS };
}

/** The answers to a `workspace/configuration` request; undefined for a section that is not ours. */
export function answer(section: string | undefined, settings: ServerSettings): ServerSettings | undefined {
  return section === SECTION ? settings : undefined;
}

/** Whether a change from one to the other needs another server, or other documents for it. */
export function needsRestart(before: Settings, after: Settings): boolean {
  return before.path !== after.path || before.include.join("\n") !== after.include.join("\n");
}
