// What Vite does not do by itself: one sprite of the icons in use, a list of the bundled files, compressed copies.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const NAMED_ICON = /(?:{%\s*icon\s+|icon_name=|icon=)"([a-z][a-z0-9-]*)"/g; // {% icon "home" %} · icon_name="search" · icon="home"
const NAMED_IN_CODE = new URL("./icons.txt", import.meta.url);

/** Emit icons.svg with every icon that a template or module names, or that icons.txt lists. */
export function iconSprite({ icons, sources }) {
  return {
    name: "icon-sprite",
    buildStart() {
      const names = new Set([...listedIcons(), ...namedIcons(sources)]);
      const symbols = [...names].sort().map((name) => symbol(icons, name));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", source });
    },
  };
}

function listedIcons() {
  const lines = readFileSync(NAMED_IN_CODE, "utf8").split("\n").map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith("#"));
}

function namedIcons(sources) {
  const files = readdirSync(sources, { recursive: true }).filter((path) => /\.(html|py)$/.test(path));
  return files.flatMap((path) => [...readFileSync(join(sources, path), "utf8").matchAll(NAMED_ICON)].map((found) => found[1]));
}

function symbol(icons, name) {
  const filled = name.endsWith("-filled");
  const path = join(icons, filled ? "filled" : "outline", `${name.replace(/-filled$/, "")}.svg`);
  if (!existsSync(path)) throw new Error(`There is no Tabler icon "${name}": choose another in the template or in icons.txt.`);
  const drawing = readFileSync(path, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
  const paint = filled ? ' fill="currentColor" stroke="none"' : "";
  return `<symbol id="${name}" viewBox="0 0 24 24"${paint}>${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
}

/** Write bundle.json: {"main.js": "main-1a2b3c4d.js", …}, read by the template tag `bundle`. */
export function bundleNames() {
  return {
    name: "bundle-names",
    writeBundle({ dir }, files) {
      const plain = (file) => file.replace(/-[\w-]{8}(\.\w+)$/, "$1");
      const served = Object.keys(files).filter((file) => files[file].isEntry || files[file].type === "asset");
      const names = Object.fromEntries(served.map((file) => [plain(file), file]));
      writeFileSync(join(dir, "bundle.json"), JSON.stringify(names, null, 1));
    },
  };
}

/** Leave .gz and .br beside every text file, which WhiteNoise then serves. */
export function smallerCopies() {
  return {
    name: "smaller-copies",
    writeBundle({ dir }, files) {
      for (const file of Object.keys(files).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const content = readFileSync(join(dir, file));
        writeFileSync(join(dir, `${file}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(dir, `${file}.br`), brotliCompressSync(content));
      }
    },
  };
}
