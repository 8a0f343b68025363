import { createContext } from "svelte";
import type { Library } from "./library.svelte";

export const [theLibrary, provideLibrary] = createContext<Library>();
