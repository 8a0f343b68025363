import { mount } from "svelte";
import App from "./App.svelte";
import { DiskSource } from "./api/disk";
import { ServerSource } from "./api/server";
import { canHyphenate } from "./reader/hyphens";
import { Library } from "./state/library.svelte";
import { Positions } from "./state/position";
import { askAhead } from "./reader/opening";
import { keepScrolling } from "./state/scrolling";
import { settings } from "./state/settings.svelte";
import { shelf } from "./state/shelf";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/book.css";

const kind = document.querySelector<HTMLMetaElement>('meta[name="fabula-source"]')?.content;
const library = new Library(kind === "disk" ? new DiskSource() : new ServerSource(), new Positions(shelf));

settings.apply();
document.documentElement.classList.toggle("hyphenates", canHyphenate());
void library.open(() => askAhead(library, location.hash));
keepScrolling();
mount(App, { target: document.body, props: { library } });
