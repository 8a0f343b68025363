/** The program itself: reads a story, serves it, writes it as pages. FABULA names the command; else that of the checkout, or of PATH. */

import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const OWN = new URL("../../../.venv/bin/fabula", import.meta.url).pathname;
export const FABULA = process.env.FABULA ?? (existsSync(OWN) ? OWN : "fabula");

const START_MS = 30_000;

/** Runs a command of fabula and gives what it prints. */
export async function fabula(...args) {
  const { stdout } = await promisify(execFile)(FABULA, args, { maxBuffer: 1 << 26 });
  return stdout;
}

/** Serves a story until it is stopped; `url` carries the token. */
export async function serve(story) {
  const server = spawn(FABULA, ["explore", story, "--no-browser", "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`fabula explore did not start: ${said}`)), START_MS);
    const hear = (data) => {
      said += data;
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said);
      if (address) {
        clearTimeout(late);
        resolve(address[0]);
      }
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", (code) => reject(new Error(`fabula explore ended with ${code}: ${said}`)));
  });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  return {
    url,
    async stop() {
      server.removeAllListeners("exit");
      server.on("exit", () => undefined);
      const gone = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await Promise.race([gone, ended]);
    },
  };
}
