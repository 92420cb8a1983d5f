// How the workbench is built: hashed assets, no inline code, the heavy drawing libraries apart from the first screen.

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8600" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
