import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** Headless Chromium, where test.sh found it. */
export function browser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error("CHROMIUM names no browser: these tests are run by make test-web");
  return puppeteer.launch({ executablePath, args: ["--no-sandbox", "--force-color-profile=srgb"] });
}

/** Runs an experiment file and returns its results folder. */
export function results(file: string): string {
  const out = join(mkdtempSync(join(tmpdir(), "codesign-web-")), "results");
  execFileSync("../bin/codesign", ["run", file, "--out", out], { stdio: "ignore" });
  return out;
}

/** A page that keeps what it should not have done: messages, errors, requests beyond itself. */
export async function watched(from: Browser, url: string): Promise<{ page: Page; faults: string[] }> {
  const page = await from.newPage();
  const faults: string[] = [];
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error instanceof Error ? error.message : error}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(url);
  return { page, faults };
}

/** Scrolls a figure's plot into the middle of the window, where it comes alive. */
export async function toMiddle(page: Page, figure: string) {
  const scroll = (selector: string) => page.evaluate((s) => document.querySelector(s)?.scrollIntoView({ block: "center" }), selector);
  await scroll(figure);
  await page.waitForSelector(`${figure} .plot svg`);
  await scroll(`${figure} .plot`);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
}
