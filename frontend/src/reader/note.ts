/** The note in the margin beside a quote: who says it, to whom, how. */

import type { People, Quote } from "../api/payloads";
import { listed } from "../text/wording";

const VERBS = { speech: "says", thought: "thinks", writing: "writes" };

/** To be seen "Tom? to Ann, whisper", to be heard "Tom says to Ann, whisper, not sure:". */
export function noteFor(quote: Quote, people: People): HTMLElement {
  const speaker = quote.speaker === null ? null : (people.get(quote.speaker) ?? null);
  const note = document.createElement("button");
  note.type = "button";
  note.className = quote.sure ? "note" : "note unsure";
  note.dataset["quote"] = String(quote.id);

  const who = span("who", speaker?.name ?? (quote.kind === "writing" ? "writing" : "unknown"));
  who.dataset["hue"] = String(speaker?.hue ?? "none");
  note.append(who);
  if (!quote.sure && speaker) note.append("?");
  if (speaker) note.append(span("visually-hidden", ` ${VERBS[quote.kind]}`));

  const heard = quote.addressees.flatMap((id) => people.get(id)?.name ?? []);
  const told = [heard.length ? `to ${listed(heard)}` : "", quote.kind === "thought" ? "in thought" : "", quote.manner ?? ""];
  if (told.some(Boolean)) note.append(span("to", ` ${told.filter(Boolean).join(", ")}`));
  note.append(span("visually-hidden", quote.sure ? ":" : ", not sure:"));
  return note;
}

function span(className: string, text: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
