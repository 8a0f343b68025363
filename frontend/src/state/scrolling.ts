/** Where a page is scrolled to: a new one begins at its top, one that is gone back to is where it was left. */

const PATIENCE_MS = 1500; // until what was asked for is there, and the page as long as it was

/** Works from now on, for as long as the application is open. */
export function keepScrolling(): void {
  const navigation = window.navigation as Navigation | undefined; // not in every browser yet
  if (!navigation) return;
  const left = new Map<string, number>();
  navigation.addEventListener("navigate", (event) => {
    const { currentEntry } = navigation;
    if (currentEntry) left.set(currentEntry.key, scrollY);
    if (event.navigationType === "push" && pathOf(event.destination.url) !== pathOf(location.href)) {
      requestAnimationFrame(() => {
        if (!location.hash.includes("@")) scrollTo({ top: 0, behavior: "instant" });
      });
    } else if (event.navigationType === "traverse") {
      const top = left.get(event.destination.key);
      if (top !== undefined) setTimeout(() => scrollBackTo(top, event.destination.url, performance.now() + PATIENCE_MS), 50);
    }
  });
}

function scrollBackTo(top: number, url: string, until: number): void {
  if (location.href !== url) return;
  const there = document.documentElement.scrollHeight - innerHeight >= top;
  if (there || performance.now() > until) scrollTo({ top, behavior: "instant" });
  else requestAnimationFrame(() => scrollBackTo(top, url, until));
}

function pathOf(url: string): string {
  return new URL(url).hash.split("?")[0] ?? "";
}
