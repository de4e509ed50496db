// Builds each page's script and style into dist/, where the Go package embeds them: one file each, so that a page can carry them inline.
import { build } from "vite";

const pages = ["report", "dashboard"];

for (const page of pages) {
  await build({
    configFile: false,
    logLevel: "warn",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: "dist",
      emptyOutDir: false,
      target: "es2022",
      lib: { entry: `src/${page}/main.ts`, formats: ["iife"], name: page, fileName: () => `${page}.js`, cssFileName: page },
    },
  });
}
