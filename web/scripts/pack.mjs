// Packs built files beside themselves, so that the server need not, and says what the first screen weighs.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

const MOST = 1024 * 1024;
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const assets = join(dist, "assets");
const sizes = new Map();
for (const name of readdirSync(assets)) {
  const packed = gzipSync(readFileSync(join(assets, name)), { level: constants.Z_BEST_COMPRESSION });
  sizes.set(name, packed.length);
  writeFileSync(join(assets, `${name}.gz`), packed);
}
const page = readFileSync(join(dist, "index.html"), "utf8");
const first = [...sizes].filter(([name]) => name.endsWith(".js") && page.includes(name));
const bytes = first.reduce((sum, [, size]) => sum + size, 0);
const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
console.log(`first_screen_js_bytes=${bytes} all_assets_bytes=${all}`);
if (bytes > MOST) {
  console.error(`the first screen's JavaScript is ${bytes} bytes packed, more than ${MOST}`);
  process.exit(1);
}
