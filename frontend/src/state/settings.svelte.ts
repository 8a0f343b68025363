/** How the reader likes it: light or dark, which mentions are marked, notes in the margin. Kept for all stories. */

import { shelf } from "./shelf";

export type Theme = "auto" | "light" | "dark";
export type Marks = "all" | "names" | "none";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const MARKS: readonly Marks[] = ["all", "names", "none"];

function kept<T extends string>(key: string, allowed: readonly T[]): T {
  const value = shelf.getItem(`fabula.${key}`) as T | null;
  return value !== null && allowed.includes(value) ? value : allowed[0]!;
}

class Settings {
  #theme = $state<Theme>(kept("theme", THEMES));
  #marks = $state<Marks>(kept("marks", MARKS));
  #notes = $state(kept("notes", ["shown", "hidden"]) === "shown");

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    shelf.setItem("fabula.theme", theme);
    this.apply();
  }

  get marks(): Marks {
    return this.#marks;
  }
  set marks(marks: Marks) {
    this.#marks = marks;
    shelf.setItem("fabula.marks", marks);
  }

  get notes(): boolean {
    return this.#notes;
  }
  set notes(shown: boolean) {
    this.#notes = shown;
    shelf.setItem("fabula.notes", shown ? "shown" : "hidden");
  }

  nextTheme(): void {
    this.theme = THEMES[(THEMES.indexOf(this.#theme) + 1) % THEMES.length]!;
  }

  apply(): void {
    document.documentElement.dataset["theme"] = this.#theme;
  }
}

export const settings = new Settings();
