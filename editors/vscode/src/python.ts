/** The Python that was chosen in the Python extension, where that is installed. Nothing here depends on it. */

interface Environment {
  readonly path: string;
}

interface Resolved {
  readonly executable: { readonly uri?: { readonly fsPath: string } | undefined };
}

/** What is used of the extension's interface. */
export interface Environments {
  getActiveEnvironmentPath(resource?: unknown): Environment;
  resolveEnvironment(environment: Environment): Promise<Resolved | undefined>;
  onDidChangeActiveEnvironmentPath?: (listener: () => void) => { dispose(): void };
}

/** The part of the extension's interface that is about environments; undefined where it is another one than we know. */
export function environments(api: unknown): Environments | undefined {
  if (typeof api !== "object" || api === null || !("environments" in api)) {
    return undefined;
  }
  const found = api.environments;
  return typeof found === "object" &&
    found !== null &&
    "getActiveEnvironmentPath" in found &&
    typeof found.getActiveEnvironmentPath === "function" &&
    "resolveEnvironment" in found &&
    typeof found.resolveEnvironment === "function"
    ? (found as Environments)
    : undefined;
}

/** The interpreter that is chosen for a folder. */
export async function interpreter(from: Environments, folder: unknown): Promise<string | undefined> {
  const resolved = await from.resolveEnvironment(from.getActiveEnvironmentPath(folder));
  return resolved?.executable.uri?.fsPath;
}
