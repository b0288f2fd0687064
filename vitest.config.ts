import { availableParallelism } from "node:os";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium } from "./test/helpers/packages/chromium.js";
import { SummaryReporter } from "./test/helpers/reporting/summary-reporter.js";

export default defineConfig(async () => ({
  test: {
    reporters: ["default", new SummaryReporter()],
    // All cores: vitest leaves one free, which on two is half of them.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "test/browser/**"],
          // Real sockets and spawned processes on two busy cores.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // A page is waited for as long as its test may take, not vitest's second.
          expect: { poll: { timeout: 25_000 } },
        },
      },
      {
        // Serves mockServiceWorker.js, made by `npx msw init test/browser/public`.
        publicDir: "test/browser/public",
        // Found late otherwise, upon which Vite reloads the page in the middle of a test.
        optimizeDeps: { include: ["ajv/dist/2020.js", "ajv-formats"] },
        test: {
          name: "chromium",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: "test/browser/start-mock-server.ts",
          testTimeout: 30_000,
          expect: { poll: { timeout: 25_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await findChromium() }),
            instances: [{ browser: "chromium" as const }],
          },
        },
      },
    ],
  },
}));
