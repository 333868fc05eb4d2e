// Says what a package has in it, and refuses one that has too much or too little.

import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

const [file] = process.argv.slice(2);
const most = 400; // kB
const wanted = [
  "dist/client.js",
  "dist/extension.js",
  "language-configuration.json",
  "LICENSE.txt",
  "media/accept.md",
  "media/install.md",
  "media/mend.md",
  "media/new.md",
  "media/report.md",
  "package.json",
  "package.nls.en.json",
  "package.nls.json",
  "readme.md",
  "syntaxes/ogi-report.tmLanguage.json",
  "ThirdPartyNotices.txt",
].sort();

const names = entries(readFileSync(file))
  .filter((name) => name.startsWith("extension/"))
  .map((name) => name.slice("extension/".length));
const bundled = names.filter((name) => name.startsWith("bundled/"));
const own = names.filter((name) => !name.startsWith("bundled/")).sort();
const size = Math.ceil(statSync(file).size / 1024);
console.log(`${file}: ${size} kB, ${own.length} files${bundled.length > 0 ? `, a server in ${bundled.length} files` : ", no server"}`);

const missing = wanted.filter((name) => !own.includes(name));
const others = own.filter((name) => !wanted.includes(name));
if (missing.length > 0 || others.length > 0) {
  console.error(`missing: ${missing.join(", ") || "nothing"}; not expected: ${others.join(", ") || "nothing"}`);
  process.exit(1);
}
if (bundled.length === 0 && size > most) {
  console.error(`more than ${most} kB`);
  process.exit(1);
}
// What is shipped has to load, up to the editor that it is loaded into.
for (const name of ["dist/extension.js", "dist/client.js"]) {
  const { stderr } = spawnSync(process.execPath, [name], { encoding: "utf8" });
  if (!/Cannot find module 'vscode'/.test(stderr)) {
    console.error(`${name} does not load:\n${stderr}`);
    process.exit(1);
  }
}

/** The names in a zip archive, by its central directory. */
function entries(data) {
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = data.readUInt32LE(end + 16);
  return Array.from({ length: data.readUInt16LE(end + 10) }, () => {
    const length = data.readUInt16LE(at + 28);
    const name = data.toString("utf8", at + 46, at + 46 + length);
    at += 46 + length + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    return name;
  });
}
