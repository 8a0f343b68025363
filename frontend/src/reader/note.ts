/** The note in the margin beside a quote: who says it, to whom, how. */

import type { People, Quote } from "../api/payloads";
import { listed } from "../text/wording";

const VERBS = { speech: "says", thought: "thinks", writing: "writes" };

export function noteFor(quote: Quote, people: People): HTMLElement {
  const speaker = quote.speaker === null ? null : (people.get(quote.speaker) ?? null);
  const note = document.createElement("button");
  note.type = "button";
  note.className = quote.sure ? "note" : "note unsure";
  note.dataset["quote"] = String(quote.id);

  const who = document.createElement("span");
  who.className = "who";
  who.dataset["hue"] = String(speaker?.hue ?? "none");
  who.textContent = speaker?.name ?? (quote.kind === "writing" ? "writing" : "unknown");
  note.append(who);
  if (!quote.sure && speaker) note.append("?");

  const heard = quote.addressees.flatMap((id) => people.get(id)?.name ?? []);
  const aside = [heard.length ? `to ${listed(heard)}` : "", quote.kind === "thought" ? "in thought" : "", quote.manner ?? ""];
  const told = aside.filter(Boolean).join(", ");
  if (told) {
    const rest = document.createElement("span");
    rest.className = "to";
    rest.textContent = ` ${told}`;
    note.append(rest);
  }
  note.setAttribute("aria-label", spoken(quote, speaker?.name ?? null, heard));
  note.title = note.textContent;
  return note;
}

function spoken(quote: Quote, speaker: string | null, heard: readonly string[]): string {
  const who = speaker ?? "somebody unknown";
  const unsure = quote.sure ? "" : ", not sure";
  return `${who} ${quote.manner ?? VERBS[quote.kind]}${heard.length ? ` to ${listed(heard)}` : ""}${unsure}:`;
}
