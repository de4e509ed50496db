import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "puppeteer-core";
import { expect } from "vitest";

const mostBytes = 200_000;

/** The results folder of one of the experiments that the program brings along; run where it is not there yet. */
export function experiment(name: string): string {
  const out = `results/${name}`;
  const made = existsSync(`../${out}/report.html`);
  execFileSync("bin/codesign", made ? ["report", out] : ["run", name, "--out", out], { stdio: "ignore", cwd: ".." });
  return resolve("..", out);
}

/** Takes a picture of the window, or of the upper part of an element, into docs/images, where it must stay small. */
export async function take(page: Page, name: string, of?: { selector: string; height: number }) {
  mkdirSync("../docs/images", { recursive: true });
  const path = `../docs/images/${name}.png` as const;
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  const box = of && (await (await page.waitForSelector(of.selector))?.boundingBox());
  await page.screenshot({ path, ...(box && { clip: { x: box.x, y: box.y + (await page.evaluate(() => scrollY)), width: box.width, height: of.height } }) });
  expect(statSync(path).size, name).toBeLessThan(mostBytes);
}
