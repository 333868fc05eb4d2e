// Puts a server into bundled/, so that a package made after this carries it: for machines without pip. It still needs a Python.
//
//   npm run bundle                 the reportlint of this repository
//   npm run bundle -- reportlint   the one of the package index, or a wheel
//
// Only packages without compiled parts are taken, so that the outcome runs on every system.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const here = dirname(import.meta.dirname);
const [given] = process.argv.slice(2);
const python = process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3");
const target = join(here, "bundled", "libs");
const wheels = mkdtempSync(join(tmpdir(), "reportlint-wheels-"));

try {
  rmSync(target, { recursive: true, force: true });
  const source = given ?? resolve(here, "..", "..");
  const isWheel = source.endsWith(".whl");
  if (!isWheel) {
    pip("wheel", "--no-deps", "--wheel-dir", wheels, source);
  }
  const wheel = isWheel ? resolve(source) : join(wheels, readdirSync(wheels).find((name) => name.endsWith(".whl")));
  pip(
    "install",
    "--target",
    target,
    "--no-compile",
    "--only-binary=:all:",
    "--platform=any",
    "--implementation=py",
    "--abi=none",
    "--python-version=3.11",
    `${wheel}[lsp]`,
  );
  rmSync(join(target, "bin"), { recursive: true, force: true });
} finally {
  rmSync(wheels, { recursive: true, force: true });
}

function pip(...given) {
  const { status, error } = spawnSync(python, ["-m", "pip", ...given], { stdio: "inherit" });
  if (status !== 0) {
    console.error(error ?? `pip ended with ${status}`);
    process.exit(1);
  }
}
