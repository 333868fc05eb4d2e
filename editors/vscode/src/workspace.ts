/** What is asked of the editor and the machine: settings, folders, files. */

import { statSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";

import type { Machine } from "./discovery";
import { read, SECTION, type Settings } from "./settings";

export const machine: Machine = {
  platform: process.platform,
  home: homedir(),
  searchPath: process.env["PATH"] ?? process.env["Path"] ?? "",
  isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
};

export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration(SECTION);
  return read((key) => section.get(key));
}

/** The workspace's folders, as paths or as addresses. */
export function folders(as: "path" | "uri"): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => (as === "uri" ? uri.toString() : uri.fsPath));
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
