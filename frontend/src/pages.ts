/** THE TABLE OF PAGES. A new page is a row here and a component, which is loaded when it is first shown. */

import type { Component } from "svelte";
import ReadPage from "./pages/ReadPage.svelte";

export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** A page that needs neither its parameters nor the query takes no props. */
type PageComponent = Component<PageProps> | Component<Record<string, never>>;

export interface PageRow {
  readonly path: string;
  readonly title: string;
  /** Where it stands in the navigation, and the key that opens it; null if it is reached from other pages only. */
  readonly nav: { readonly label: string; readonly href: string; readonly key: string } | null;
  /** Whether it needs a server that can set the story right. */
  readonly live?: boolean;
  readonly load: () => Promise<{ default: PageComponent }>;
}

export const pages: readonly PageRow[] = [
  {
    path: "/read/:place?",
    title: "Read",
    nav: { label: "Read", href: "#/read", key: "r" },
    load: () => Promise.resolve({ default: ReadPage }),
  },
  {
    path: "/cast",
    title: "Cast",
    nav: { label: "Cast", href: "#/cast", key: "c" },
    load: () => import("./pages/CastPage.svelte"),
  },
  { path: "/person/:id", title: "Person", nav: null, load: () => import("./pages/PersonPage.svelte") },
  { path: "/meet", title: "Where two meet", nav: null, load: () => import("./pages/MeetPage.svelte") },
  {
    path: "/voices",
    title: "Voices",
    nav: { label: "Voices", href: "#/voices", key: "v" },
    load: () => import("./pages/VoicesPage.svelte"),
  },
  { path: "/voices/:chapter", title: "Script", nav: null, load: () => import("./pages/ScriptPage.svelte") },
  {
    path: "/quotes",
    title: "Quotations",
    nav: { label: "Quotations", href: "#/quotes", key: "q" },
    load: () => import("./pages/QuotesPage.svelte"),
  },
  { path: "/search", title: "Search", nav: null, load: () => import("./pages/SearchPage.svelte") },
  {
    path: "/corrections",
    title: "Corrections",
    nav: { label: "Corrections", href: "#/corrections", key: "x" },
    live: true,
    load: () => import("./pages/CorrectionsPage.svelte"),
  },
];
