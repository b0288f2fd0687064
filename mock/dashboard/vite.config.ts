import { defineConfig } from "vite";

// Built into the mock's own dist, so that the mock's tarball holds it; served by dashboard-files.ts.
export default defineConfig({
  base: "/__mock/dashboard/",
  build: {
    outDir: "../dist/dashboard",
    emptyOutDir: true,
    assetsDir: "",
    target: "es2022",
    modulePreload: { polyfill: false },
    // What is bundled is somebody's: their licenses go with it.
    license: { fileName: "licenses.md" },
  },
  logLevel: "warn",
});
