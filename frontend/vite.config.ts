import { cpSync, mkdirSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const dist = "../src/vuon_web/static/dist";
const fonts = "node_modules/@fontsource/be-vietnam-pro/files";

/** Two weights of Be Vietnam Pro, in the three subsets that our two languages need. */
function copyFonts(): Plugin {
  return {
    name: "copy-fonts",
    closeBundle() {
      mkdirSync(`${dist}/fonts`, { recursive: true });
      for (const subset of ["latin", "latin-ext", "vietnamese"]) {
        for (const weight of [400, 700]) {
          const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
          cpSync(`${fonts}/${file}`, `${dist}/fonts/${file}`);
        }
      }
    },
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [copyFonts()],
  build: {
    outDir: dist,
    emptyOutDir: true,
    target: "es2018",
    rollupOptions: {
      input: "src/main.ts",
      output: { entryFileNames: "vuon.js", format: "es" },
    },
  },
});
