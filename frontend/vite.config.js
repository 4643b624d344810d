// Bundles the front end into src/huiying/static/dist: hashed files, and bundle.json saying which is which.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { bundleNames, iconSprite, smallerCopies } from "./build.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: here("../src/huiying/static/dist"),
    emptyOutDir: true,
    target: "es2020",
    cssTarget: "chrome90",
    modulePreload: false,
    rollupOptions: {
      input: {
        main: here("src/main.js"),
        desk: here("src/css/desk.css"),
        dark: here("src/css/dark.css"),
        portal: here("src/css/portal.css"),
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  plugins: [iconSprite({ icons: here("node_modules/@tabler/icons/icons"), sources: here("../src/huiying") }), bundleNames(), smallerCopies()],
});
