/** The connection to the server of this page, which is tried again when it is lost. */

import type { Transport } from "@codemirror/lsp-client";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const TOO_MANY = 1013;
const TOO_LONG = 1009;

export interface Ends {
  opened: (transport: Transport) => void;
  /** The connection is lost; `words` say why, where it is known. */
  lost: (words: string) => void;
}

export function connect(ends: Ends): void {
  const address = new URL("lsp", location.href);
  address.protocol = "ws:";
  address.hash = "";
  let pause = FIRST_PAUSE;

  function open(): void {
    const socket = new WebSocket(address);
    const handlers = new Set<(message: string) => void>();
    socket.addEventListener("open", () => {
      ends.opened({
        send(message) {
          // What is sent into a lost connection is sent again, as a whole text, by the next one.
          if (socket.readyState === WebSocket.OPEN) socket.send(message);
        },
        subscribe: (handler) => handlers.add(handler),
        unsubscribe: (handler) => handlers.delete(handler),
      });
    });
    socket.addEventListener("message", ({ data }) => {
      pause = FIRST_PAUSE;
      if (typeof data === "string") for (const handler of handlers) handler(data);
    });
    socket.addEventListener("close", ({ code }) => {
      handlers.clear();
      ends.lost(code === TOO_MANY ? "打开的页面太多，请关闭几个" : code === TOO_LONG ? "发送的内容超过上限" : "");
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }

  open();
}
