import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Writes index.html with the names that the script and the styles were built under. */
export function page(template: string): Plugin {
  return {
    name: "page",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const script = files.find((file) => file.type === "chunk" && file.isEntry)?.fileName;
      const styles = files.find((file) => file.fileName.endsWith(".css"))?.fileName;
      if (!script || !styles) throw new Error("the build has no entry or no styles");
      const icon = this.emitFile({ type: "asset", name: "fabula.svg", source: readFileSync("src/fabula.svg") });
      const head =
        `<link rel="icon" href="./${this.getFileName(icon)}" type="image/svg+xml" />\n    ` +
        `<link rel="stylesheet" href="./${styles}" />\n    <script defer src="./${script}"></script>`;
      const source = readFileSync(template, "utf8").replace(/<script type="module".*<\/script>/, head);
      this.emitFile({ type: "asset", fileName: "index.html", source });
    },
  };
}
