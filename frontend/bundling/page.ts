import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { LOADER } from "./classicScripts.ts";

/** Writes index.html with the names that the script and the styles were built under. */
export function page(template: string): Plugin {
  return {
    name: "page",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const entry = files.find((file) => file.type === "chunk" && file.isEntry);
      const loader = files.find((file) => file.type === "asset" && file.names.includes(LOADER));
      const styles = files.find((file) => file.fileName.endsWith(".css"))?.fileName;
      if (entry?.type !== "chunk" || !loader || !styles) throw new Error("the build has no entry, no loader or no styles");
      const scripts = [loader.fileName, ...entry.imports, entry.fileName]; // all that the first view needs, at once
      const icon = this.emitFile({ type: "asset", name: "fabula.svg", source: readFileSync("src/fabula.svg") });
      const head = [
        `<link rel="icon" href="./${this.getFileName(icon)}" type="image/svg+xml" />`,
        `<link rel="stylesheet" href="./${styles}" />`,
        ...scripts.map((script) => `<script defer src="./${script}"></script>`),
      ].join("\n    ");
      const source = readFileSync(template, "utf8").replace(/<script type="module".*<\/script>/, head);
      this.emitFile({ type: "asset", fileName: "index.html", source });
    },
  };
}
