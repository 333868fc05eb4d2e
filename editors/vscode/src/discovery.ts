/**
 * Where the server is: of the places that may have one, the first that does.
 *
 * Files are only looked at, nothing is run, so that a look costs nothing and starts nothing of a workspace.
 */

import * as path from "node:path";

/** A place that may have a server, in the order in which they are asked. */
export type Origin = "setting" | "interpreter" | "workspace" | "path" | "bundled";

/** How a server is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** What is added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

export type Search =
  | { readonly kind: "found"; readonly launch: Launch }
  /** The setting names something that is not there: nothing else is tried, so that no other version speaks. */
  | { readonly kind: "wrong-setting"; readonly path: string }
  | { readonly kind: "nowhere" };

/** What a search asks of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The environment's `PATH`. */
  readonly searchPath: string;
  isFile(file: string): boolean;
}

export interface Places {
  /** The setting `reportlint.path`; empty where it is not set. */
  readonly setting: string;
  /** The workspace's folders. */
  readonly folders: readonly string[];
  /** The Python that was chosen for the workspace, where that is known. */
  readonly interpreter: string | undefined;
  /** The folder that a bundled server would be in. */
  readonly bundled: string;
}

const SERVER = ["server"] as const;
/** `-P`: a file `reportlint.py` that happens to lie in the working folder is not taken for the module. */
const AS_MODULE = ["-P", "-m", "reportlint", ...SERVER] as const;
const ENVIRONMENTS = [".venv", "venv"] as const;
const INTERPRETER = /^(?:python|pypy)[\d.]*(?:\.exe)?$/i;
/** What the server says of itself on stderr is UTF-8, wherever it runs. */
const ENV = { PYTHONUTF8: "1" } as const;

/** Look for a server. */
export function find(places: Places, machine: Machine): Search {
  const at = rules(machine.platform);
  if (places.setting !== "") {
    return fromSetting(places, machine, at);
  }
  const program = (origin: Origin, file: string): Search => found(origin, file, SERVER);
  if (places.interpreter !== undefined) {
    const file = beside(places.interpreter, machine, at);
    if (file !== undefined) {
      return program("interpreter", file);
    }
  }
  for (const folder of places.folders) {
    for (const environment of ENVIRONMENTS) {
      const scripts = at.join(folder, environment, machine.platform === "win32" ? "Scripts" : "bin");
      const file = at.join(scripts, executable("reportlint", machine));
      if (machine.isFile(file)) {
        return program("workspace", file);
      }
    }
  }
  const installed = onPath("reportlint", machine, at);
  if (installed !== undefined) {
    return program("path", installed);
  }
  return fromBundle(places, machine, at);
}

/** A path as somebody writes it in the settings: with `~`, `${workspaceFolder}`, or relative to the first folder. */
export function expanded(written: string, folders: readonly string[], machine: Pick<Machine, "platform" | "home">): string {
  const at = rules(machine.platform);
  const folder = folders[0] ?? "";
  const full = written.replaceAll("${workspaceFolder}", folder).replaceAll("${userHome}", machine.home);
  if (full === "~" || /^~[\\/]/.test(full)) {
    return at.join(machine.home, full.slice(1));
  }
  return full === "" || at.isAbsolute(full) || folder === "" ? full : at.join(folder, full);
}

function fromSetting(places: Places, machine: Machine, at: path.PlatformPath): Search {
  const written = places.setting;
  const bare = !/[\\/~$]/.test(written);
  const file = bare
    ? onPath(written.replace(/\.exe$/i, ""), machine, at)
    : existing(expanded(written, places.folders, machine), machine);
  if (file === undefined) {
    return { kind: "wrong-setting", path: bare ? written : expanded(written, places.folders, machine) };
  }
  return found("setting", file, INTERPRETER.test(at.basename(file)) ? AS_MODULE : SERVER);
}

function existing(file: string, machine: Machine): string | undefined {
  return [file, executable(file, machine)].find((each) => machine.isFile(each));
}

/** The program that pip installed for an interpreter. */
function beside(interpreter: string, machine: Machine, at: path.PlatformPath): string | undefined {
  const folder = at.dirname(interpreter);
  // Outside a virtual environment, Windows has scripts in a folder below the interpreter's.
  const folders = machine.platform === "win32" ? [folder, at.join(folder, "Scripts")] : [folder];
  return folders.map((each) => at.join(each, executable("reportlint", machine))).find((each) => machine.isFile(each));
}

function fromBundle(places: Places, machine: Machine, at: path.PlatformPath): Search {
  const libs = at.join(places.bundled, "libs");
  const python = places.interpreter ?? onPath("python3", machine, at) ?? onPath("python", machine, at);
  if (python === undefined || !machine.isFile(at.join(libs, "reportlint", "__main__.py"))) {
    return { kind: "nowhere" };
  }
  return found("bundled", python, AS_MODULE, { PYTHONPATH: libs });
}

/** A program of the search path. Relative entries are passed over: they would mean a folder of the workspace. */
function onPath(name: string, machine: Machine, at: path.PlatformPath): string | undefined {
  return machine.searchPath
    .split(at.delimiter)
    .map((folder) => folder.replace(/^"(.*)"$/, "$1"))
    .filter((folder) => at.isAbsolute(folder))
    .map((folder) => at.join(folder, executable(name, machine)))
    .find((file) => machine.isFile(file));
}

function executable(name: string, machine: Pick<Machine, "platform">): string {
  return machine.platform === "win32" && !/\.exe$/i.test(name) ? `${name}.exe` : name;
}

function rules(platform: NodeJS.Platform): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}

function found(
  origin: Origin,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Search {
  return { kind: "found", launch: { command, args, env: { ...ENV, ...env }, origin } };
}
