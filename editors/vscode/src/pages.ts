/** The pages of rules: shown as read-only documents of a scheme of their own. */

export const SCHEME = "reportlint-rule";

const RULE = /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/;

/** Whether something names a rule: its pack, and its name there. */
export function isRule(value: unknown): value is string {
  return typeof value === "string" && RULE.test(value);
}

/** The path of a rule's page. */
export function pathOf(rule: string): string {
  return `/${rule}.md`;
}

/** The rule whose page has a path; undefined where it is none's. */
export function ruleOf(path: string): string | undefined {
  const rule = path.replace(/^\//, "").replace(/\.md$/, "");
  return isRule(rule) ? rule : undefined;
}

/** The page that is shown where the server has none. */
export function missing(rule: string): string {
  return `# ${rule}\n\n没有这条规则的说明。\n`;
}
