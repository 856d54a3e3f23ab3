// How the page is built: one small bundle, the voice SDK in a chunk of its own, nothing inlined (the page's policy forbids it).
import { defineConfig } from "vite";

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);
const server = "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: {
    // The transport's default sound comes from another host at run time; ours never asks for it, so it is left out whole.
    alias: { "@daily-co/daily-js": here("./src/live/no-daily.ts") },
  },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // The SDK tells the console about the person's devices and addresses.
    rolldownOptions: { output: { minify: { compress: { dropConsole: true } } } },
  },
  server: {
    proxy: {
      "/v1": { target: server, changeOrigin: true, ws: true, headers: { origin: server } },
      "/health": { target: server, changeOrigin: true },
    },
  },
});
