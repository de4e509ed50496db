import type { ChildProcess } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { browser } from "../browser/page";
import { begin, end, serve } from "../browser/serve";
import { take } from "./picture";

let folder: string;
let running: ChildProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "codesign-shots-"));
  mkdirSync(join(folder, "results"));
  copyFileSync("shots/live.toml", join(folder, "edge-accelerator.toml"));
  running = begin("edge-accelerator.toml", "results/edge-accelerator", folder);
});
afterAll(async () => {
  await end(running);
  rmSync(folder, { recursive: true, force: true });
});

test("a sweep that goes on", async () => {
  const { url, server } = await serve(join(folder, "results"), "--listen", "127.0.0.1:0");
  const chromium = await browser();
  try {
    const page = await chromium.newPage();
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await page.setViewport({ width: 1280, height: 1000 });
    await page.goto(url);
    const link = await page.waitForSelector(".card a", { timeout: 60_000 });
    await page.goto((await link?.evaluate((a) => (a as HTMLAnchorElement).href)) ?? "");
    // The first scenario is done when the second one fails here and there.
    await page.waitForFunction(
      () => Number(document.querySelector("[data-scenario=mobilenet-v2] .cells tbody td:nth-child(3)")?.textContent?.replace(/\D/g, "")) > 200,
      {
        timeout: 300_000,
      },
    );
    await page.evaluate(() => window.scrollTo(0, 0));
    await take(page, "dashboard");
    await page.evaluate(() => document.querySelector("[data-scenario=mobilenet-v2] .cells")?.scrollIntoView({ block: "start" }));
    await take(page, "dashboard-tables");
  } finally {
    await chromium.close();
    await end(server);
  }
});
