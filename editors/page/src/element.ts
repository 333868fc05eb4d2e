/** Elements of the page. What is put into them is text. */

export function find<E extends HTMLElement>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
  return element;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  kind = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (kind !== "") element.className = kind;
  element.append(...children);
  return element;
}

export function button(words: string, press: () => void, kind = ""): HTMLButtonElement {
  const element = make("button", kind, words);
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}
