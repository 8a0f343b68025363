import type { Decoder } from "./decode";
import * as payloads from "./payloads";
import type { Correction } from "./payloads";
import { ProblemError, type MentionKind, type Page, type QuoteFilter, type Source, type Until } from "./source";

type Value = string | number | boolean | null | undefined;

/** "/api/quotes?until=3&of=7": what is null, undefined or false is left out. */
export function address(path: string, query: Record<string, Value>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== false);
  const written = new URLSearchParams(given.map(([key, value]) => [key, value === true ? "1" : String(value)]));
  return written.size ? `${path}?${written}` : path;
}

/** Asks the server of `fabula explore`. */
export class ServerSource implements Source {
  readonly live = true;

  story(until: Until) {
    return this.#get("/api/story", { until }, payloads.story);
  }
  chapter(until: Until, index: number) {
    return this.#get(`/api/chapter/${index}`, { until }, payloads.chapter);
  }
  cast(until: Until) {
    return this.#get("/api/cast", { until }, payloads.cast);
  }
  person(until: Until, id: number) {
    return this.#get(`/api/person/${id}`, { until }, payloads.portrait);
  }
  mentions(until: Until, id: number, kind: MentionKind, page: Page) {
    return this.#get(`/api/person/${id}/mentions`, { until, kind, ...page }, payloads.passages);
  }
  quotes(until: Until, filter: QuoteFilter, page: Page) {
    return this.#get("/api/quotes", { until, ...filter, ...page }, payloads.quotes);
  }
  voices(until: Until, chapter: number | null) {
    return this.#get("/api/voices", { until, chapter }, payloads.voices);
  }
  script(until: Until, index: number) {
    return this.#get(`/api/script/${index}`, { until }, payloads.script);
  }
  search(until: Until, query: string, page: Page) {
    return this.#get("/api/search", { until, q: query, ...page }, payloads.found);
  }
  meet(until: Until, a: number, b: number, page: Page) {
    return this.#get("/api/meet", { until, a, b, ...page }, payloads.passages);
  }
  corrections(until: Until) {
    return this.#get("/api/corrections", { until }, payloads.corrections);
  }

  correct(until: Until, version: string, correction: Correction) {
    return this.#post(address("/api/corrections", { until }), { ...correction, version }, payloads.corrected);
  }
  undo(version: string) {
    return this.#post("/api/corrections/undo", { version }, payloads.corrected);
  }

  watch(changed: (version: string) => void): () => void {
    const events = new EventSource("/api/events");
    events.addEventListener("changed", (event) => changed((event as MessageEvent<string>).data));
    return () => events.close();
  }

  #get<T>(path: string, query: Record<string, Value>, decode: Decoder<T>): Promise<T> {
    return this.#ask(address(path, query), {}, decode);
  }

  #post<T>(path: string, body: object, decode: Decoder<T>): Promise<T> {
    const headers = { "content-type": "application/json" };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) }, decode);
  }

  async #ask<T>(path: string, init: RequestInit, decode: Decoder<T>): Promise<T> {
    let response: Response;
    try {
      response = await fetch(path, { ...init, credentials: "same-origin" });
    } catch {
      throw new ProblemError("fabula does not answer", "is `fabula explore` still running in its terminal?", 0);
    }
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw problemOf(answer, response.status);
    return decode(answer, "");
  }
}

function problemOf(answer: unknown, status: number): ProblemError {
  try {
    const { error, hint } = payloads.problem(answer, "");
    return new ProblemError(error, hint, status);
  } catch {
    return new ProblemError(`fabula answered with status ${status}`, null, status);
  }
}
