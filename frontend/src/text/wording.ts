/** Small words about numbers and lists, as they are shown. */

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** "1 quotation", "3 quotations", "1,204 words". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

export function grouped(n: number): string {
  return n.toLocaleString("en-GB");
}

const REASONS: Readonly<Record<string, string>> = {
  speakers: "a verb of speech names them",
  cues: "the verb’s subject means them",
  conversations: "they fit the passage best",
  turns: "it is their turn to speak",
  documents: "the heading or the signature names them",
};

/** What decided who speaks a quotation, by the name of the reader that did; nothing for what is not known here. */
export function reason(why: string | null): string {
  return (why !== null && REASONS[why]) || "";
}

/** "72 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u202f%`;
}
