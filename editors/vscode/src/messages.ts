/** What the user is told. */

import type { Launch, Origin, Search } from "./discovery";

export const INSTALL = 'python -m pip install "reportlint[lsp]"';

const ORIGINS: Readonly<Record<Origin, string>> = {
  setting: "设置 reportlint.path",
  interpreter: "Python 扩展所选的环境",
  workspace: "工作区的虚拟环境",
  path: "系统的 PATH",
  bundled: "扩展自带",
};

/** Why no server was started. */
export function notFound(search: Exclude<Search, { kind: "found" }>): string {
  return search.kind === "wrong-setting"
    ? `设置 reportlint.path 所写的 ${search.path} 不存在，报告没有检查。`
    : `没有找到 reportlint，报告没有检查。请在终端执行 ${INSTALL}，或者在设置 reportlint.path 里写明它在哪里。`;
}

/** Why a server that was started does not run; `said` is the last that it wrote. */
export function notRunning(launch: Launch, said: string): string {
  const reason = said.startsWith(TOO_OLD) ? "这个 Python 太旧，要 3.11 以上" : said || "原因见输出";
  return `${launch.command}（${ORIGINS[launch.origin]}）没有运行起来：${reason}`;
}

/** What a Python says that does not know our option `-P` yet. */
const TOO_OLD = "Try `python -h'";

export function starting(launch: Launch): string {
  return `启动 ${launch.command} ${launch.args.join(" ")}（${ORIGINS[launch.origin]}）`;
}

export const ENDED = "reportlint 意外退出，再启动一次";
export const GIVEN_UP = "reportlint 接连几次意外退出，不再自动启动，报告没有检查。可以执行命令“重新启动”。";
export const RESTRICTED =
  "工作区未受信任，不检查报告：工作区里的程序，以及配置所指的规则包，只在信任之后运行。";
export const NOT_CHECKED = "reportlint 没有运行，不能执行这条命令。";
