/** Whether somebody goes by what is typed: each word of it begins a word of a name. */

import type { CastPerson } from "../api/payloads";

type Called = Pick<CastPerson, "name" | "aliases" | "descriptions">;

export function calledLike({ name, aliases, descriptions }: Called, written: string): boolean {
  const wanted = wordsOf(written);
  if (!wanted.length) return true;
  return [name, ...aliases.map((a) => a.text), ...descriptions.map((d) => d.text)].some((called) => {
    const words = wordsOf(called);
    return wanted.every((w) => words.some((word) => word.startsWith(w)));
  });
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
