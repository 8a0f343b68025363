import type { Correction } from "../api/payloads";
import type { ProblemError } from "../api/source";
import type { Library } from "./library.svelte";
import { toasts } from "./toasts.svelte";

/** Sets something right and tells it, with a way back. Gives whether it could be done. */
export async function setRight(library: Library, correction: Correction): Promise<boolean> {
  try {
    const { message } = await library.correct(correction);
    toasts.tell(message, { undo: () => void undoLast(library) });
    return true;
  } catch (error) {
    tellProblem(error as ProblemError);
    return false;
  }
}

/** Takes the last correction back, and tells it. */
export async function undoLast(library: Library): Promise<void> {
  try {
    const { message } = await library.undo();
    toasts.tell(message);
  } catch (error) {
    tellProblem(error as ProblemError);
  }
}

function tellProblem({ message, hint }: ProblemError): void {
  toasts.tell(hint ? `${message}: ${hint}` : message, { tone: "problem" });
}
