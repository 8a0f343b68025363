/** What was done, told at the foot of the page, with a way back. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "done" | "problem";
  readonly undo: (() => void) | null;
}

const SHOWN_MS = { done: 9000, problem: 14000 };

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #last = 0;

  tell(text: string, { tone = "done", undo = null }: Partial<Pick<Toast, "tone" | "undo">> = {}): void {
    const toast = { id: (this.#last += 1), text, tone, undo };
    const still = tone === "done" ? this.list.filter((t) => !t.undo) : this.list; // only the last thing done can be undone
    this.list = [...still.slice(-1), toast];
    setTimeout(() => this.dismiss(toast.id), SHOWN_MS[tone]);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((t) => t.id !== id);
  }
}

export const toasts = new Toasts();
