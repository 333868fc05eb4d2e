import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const REPOSITORY = resolve("..", "..");

export interface Example {
  readonly name: string;
  readonly text: string;
}

/** The example reports of the repository, of the kind that this extension is for. */
export function examples(): Example[] {
  const folders = [
    "examples/reports",
    ...readdirSync(join(REPOSITORY, "examples/provinces")).map((name) => `examples/provinces/${name}`),
  ];
  return folders.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder))
      .filter((name) => /\.(?:txt|md)$/.test(name))
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(REPOSITORY, folder, name), "utf8") })),
  );
}

export function example(name: string): string {
  return readFileSync(join(REPOSITORY, "examples", "reports", name), "utf8");
}

/** A JSON file of the extension. */
export function json(name: string): unknown {
  return JSON.parse(readFileSync(name, "utf8"));
}
