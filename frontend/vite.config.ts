import { cpSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type EnvironmentOptions, type Plugin } from "vite";

const dist = "../src/vuon_web/static/dist";
const fonts = "node_modules/@fontsource/be-vietnam-pro/files";

/** Two weights of Be Vietnam Pro, in the three subsets that our two languages need. */
function copyFonts(): Plugin {
  let out = dist;
  return {
    name: "copy-fonts",
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      mkdirSync(`${out}/fonts`, { recursive: true });
      for (const subset of ["latin", "latin-ext", "vietnamese"]) {
        for (const weight of [400, 700]) {
          const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
          cpSync(`${fonts}/${file}`, `${out}/fonts/${file}`);
        }
      }
    },
  };
}

/** One script that stands by itself: what two scripts share is small, and a request costs more. */
function script(name: string, input: string, target: string, first = false): EnvironmentOptions {
  return {
    consumer: "client",
    build: {
      target,
      emptyOutDir: first,
      rollupOptions: { input, output: { entryFileNames: `${name}.js`, format: "es" } },
    },
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [copyFonts()],
  build: { outDir: dist },
  builder: {}, // builds every environment, in this order
  environments: {
    client: script("vuon", "src/main.ts", "es2018", true),
    evidence: script("evidence", "src/evidence.ts", "es2020"),
    journey: script("journey", "src/journey.ts", "es2020"),
    stopwatch: script("stopwatch", "src/stopwatch.ts", "es2020"),
    levers: script("levers", "src/levers.ts", "es2020"),
    worker: script("kernel-worker", "src/kernel-worker.ts", "es2020"),
  },
});
