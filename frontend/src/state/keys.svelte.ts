/** Keys that do something on the page that is shown; the sheet on `?` lists them. */

import { untrack } from "svelte";

export interface KeyBinding {
  /** As in KeyboardEvent.key; several that do the same, the first is shown. */
  readonly keys: readonly string[];
  readonly what: string;
  readonly run: (event: KeyboardEvent) => void;
}

interface Group {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

class Keyboard {
  /** Groups, the page's own last; a later one wins. */
  groups = $state.raw<readonly Group[]>([]);

  add(title: string, bindings: readonly KeyBinding[]): () => void {
    const group = { title, bindings };
    this.groups = [...untrack(() => this.groups), group];
    return () => {
      this.groups = untrack(() => this.groups).filter((g) => g !== group);
    };
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog:modal")) return;
    for (const group of this.groups.toReversed()) {
      const binding = group.bindings.find((b) => b.keys.includes(event.key));
      if (!binding) continue;
      event.preventDefault();
      binding.run(event);
      return;
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches("input:not([type=radio], [type=checkbox]), textarea, select, [role=combobox]");
}

export const keyboard = new Keyboard();

/** To be called while a component is set up: its keys work as long as it is shown. */
export function useKeys(title: string, bindings: () => readonly KeyBinding[]): void {
  $effect(() => keyboard.add(title, bindings()));
}
