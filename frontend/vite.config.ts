import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { classicScripts } from "./bundling/classicScripts.ts";
import { page } from "./bundling/page.ts";

/** Of `fabula explore`, for `npm run dev`: open its own address first, its cookie then holds for this port as well. */
const server = process.env["FABULA_SERVER"] ?? "http://127.0.0.1:8420";

export default defineConfig({
  plugins: [svelte(), classicScripts(), page("index.html")],
  server: { host: "127.0.0.1", proxy: { "/api": { target: server, changeOrigin: true, headers: { origin: server } } } },
  build: {
    outDir: "../src/fabula/web/static",
    emptyOutDir: true,
    target: "es2023",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "src/main.ts",
      transform: { define: { "import.meta": "({})" } }, // classic scripts have none, and nothing here asks for it
      output: {
        format: "cjs",
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  test: { include: ["tests/unit/**/*.test.ts"], environment: "node" },
});
