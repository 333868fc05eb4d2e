/** How much the page takes, as the server says. */

const given = document.documentElement.dataset;

export const CHARACTERS = Number(given.characters);
export const BYTES = Number(given.bytes);
export const NONCE = given.nonce ?? "";

export function tooLong(characters: number): string {
  return `全文有 ${characters} 个字符，超过 ${CHARACTERS} 的上限`;
}
