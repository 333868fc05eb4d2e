/** Which documents are reports. */

export const LANGUAGE = "ogi-report";

/** A document for the server, as the protocol names it. */
export interface Filter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string | { readonly baseUri: string; readonly pattern: string };
}

const TITLE = /^(?:#\s*)?[^。；|\t]{0,60}政[府务]信息公开[^。；|\t]{0,8}(?:年度报告|年报|工作报告)$/;
const YEAR = /(?:19|20)\d{2}\s*年/;
const LINES_OF_TITLE = 3;
const LOOKED_AT = 2000;

/**
 * Whether a text begins with the title of a report: the words of one, and a year, on the first lines.
 *
 * Titles may stand on two lines, and may have blanks where a page was broken.
 */
export function hasTitle(text: string): boolean {
  const lines = text
    .slice(0, LOOKED_AT)
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, LINES_OF_TITLE);
  return lines.some((line, index) => {
    const tight = line.replaceAll(/[ \u3000]/g, "");
    return TITLE.test(tight) && YEAR.test(lines.slice(0, index + 1).join("\n"));
  });
}

/**
 * The documents that the server is told of: those of the language, and those that the setting `include` names.
 *
 * Folders are those of the workspace, as addresses; where a file is open without one, a pattern holds anywhere.
 */
export function selector(include: readonly string[], folders: readonly string[]): Filter[] {
  const filters: Filter[] = ["file", "untitled"].map((scheme) => ({ scheme, language: LANGUAGE }));
  for (const glob of include) {
    if (isAbsolute(glob)) {
      filters.push({ scheme: "file", pattern: glob.replaceAll("\\", "/") });
    } else if (folders.length === 0) {
      filters.push({ scheme: "file", pattern: `**/${glob}` });
    } else {
      filters.push(...folders.map((baseUri) => ({ scheme: "file", pattern: { baseUri, pattern: glob } })));
    }
  }
  return filters;
}

/** Whether a pattern stands for itself, and not for something below each folder of the workspace. */
function isAbsolute(glob: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/]|\*\*\/)/.test(glob);
}
