import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { browser } from "./page";
import { begin, end, run, serve } from "./serve";

let chromium: Browser;
let folder: string;
let running: ChildProcess;
let server: ChildProcess;
let url: string;
let page: Page;
let faults: string[];

beforeAll(async () => {
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "codesign-dashboard-"));
  run("browser/brief.toml", join(folder, "brief"));
  ({ url, server } = await serve(folder, "--listen", "127.0.0.1:0"));
}, 60_000);

afterAll(async () => {
  await chromium.close();
  await end(running);
  await end(server);
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await page.close();
});

/** A page that keeps what it should not have done: messages, errors, requests of others. */
async function open(address: string, scripts = true) {
  page = await chromium.newPage();
  faults = [];
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error instanceof Error ? error.message : error}`));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(address).host && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address, { waitUntil: "domcontentloaded" });
}

const text = (selector: string) => page.$eval(selector, (e) => e.textContent ?? "");

/** Waits until a text of the page is as wanted. */
async function until(selector: string, holds: RegExp) {
  await page.waitForFunction((s, source) => new RegExp(source).test(document.querySelector(s)?.textContent ?? ""), { timeout: 20_000 }, selector, holds.source);
}

/** The address of a sweep's page. */
async function sweep(name: string): Promise<string> {
  const board = (await (await fetch(`${url}api/sweeps`)).json()) as { cards: { id: string; name: string }[] };
  return `${url}sweep/${board.cards.find((c) => c.name === name)?.id}`;
}

/** How many trials the page says are done. */
async function trials(): Promise<number> {
  return Number((await text(".glance dd")).replace(/ of .*/, "").replace(/\D/g, ""));
}

describe("all sweeps", () => {
  test("a sweep that begins appears, and goes on by itself", async () => {
    await open(url);
    await until(".card", /brief[\s\S]*Complete[\s\S]*100 %[\s\S]*400 of 400 trials/);
    running = begin("browser/live.toml", join(folder, "live"));
    await until(".cards", /live[\s\S]*Running[\s\S]*a second/);
    const numbers = () => text(".card:first-child .numbers");
    const before = await numbers();
    await page.waitForFunction((b) => document.querySelector(".card:first-child .numbers")?.textContent !== b, { timeout: 20_000 }, before);
    expect(await page.$$eval(".card", (cards) => cards.length)).toBe(2);
    expect(faults).toEqual([]);
  }, 60_000);
});

describe("a running sweep", () => {
  test("its progress, curve, worker and table are live", async () => {
    await open(await sweep("live"));
    await until("h1", /live\s+Running/);
    await page.waitForSelector(".plot svg path");
    const before = await trials();
    await page.waitForFunction(
      (n) => Number((document.querySelector(".glance dd")?.textContent ?? "").replace(/ of .*/, "").replace(/\D/g, "")) > n + 5,
      { timeout: 20_000 },
      before,
    );
    expect(await text("[data-scenario] .problem")).toBe("minimise latency_ns * sqrt(power_mw - 2300) subject to power_mw ≤ 5000 mW");
    expect(await page.$$eval(".cells tbody tr", (rows) => rows.length)).toBe(2);
    await until(".cells tbody tr", /random[\s\S]*page_policy=/);
    await until(".rows tbody tr", /random[\s\S]*running/);
    expect(await page.$eval(".bar", (b) => b.getAttribute("role"))).toBe("progressbar");
    expect(faults).toEqual([]);
  }, 60_000);

  test("failing trials are told with their reason and design, and lead to the trials", async () => {
    await open(await sweep("live"));
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll("section h2")].some(
          (h) => h.textContent?.startsWith("Trials without a score") && !(h.parentElement as HTMLElement).hidden,
        ),
      {
        timeout: 20_000,
      },
    );
    const fault = await page.$$eval("section", (all) => all.map((s) => s.textContent ?? "").find((t) => t.startsWith("Trials without a score")) ?? "");
    expect(fault).toMatch(/failure/);
    expect(fault).toMatch(/sqrt\(power_mw - 2300\)/);
    expect(fault).toMatch(/page_policy=\w+/);
    await page.$$eval("button.link", (all) => (all.find((b) => /^study \d+, trial/.test(b.textContent ?? "")) as HTMLElement).click());
    await until(".rows tbody", /failed/);
    expect(await page.$eval("#filter", (f) => (f as HTMLInputElement).value)).toMatch(/^study=\d+ trial=\d+$/);
    expect(await page.$$eval(".rows tbody tr", (rows) => rows.length)).toBe(1);
    expect(faults).toEqual([]);
  }, 60_000);
});

describe("a finished sweep", () => {
  test("its table is filtered, ordered and paged, and mistakes are told", async () => {
    await open(await sweep("brief"));
    await until("#table", /1 to 4 of 4/);
    await page.type("#filter", "agent=hill repeat=1");
    await until("#table", /1 to 1 of 1 that pass the filter, 4 in all/);
    expect(await text(".rows tbody")).toMatch(/hill1done/);
    await page.click(".tabs button:nth-child(2)");
    await until("#table", /1 to 25 of 100 that pass the filter, 400 in all/);
    await page.click(".pager button:nth-child(2)");
    await until("#table", /26 to 50 of 100/);
    await page.click(".rows thead th:nth-child(5) button");
    await until("#table", /1 to 25 of 100/);
    const scores = await page.$$eval(".rows tbody td:nth-child(5)", (cells) => cells.map((c) => Number(c.textContent)));
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    faults = [];
    await page.type("#filter", " colour=red");
    await until("#table [role=alert]", /unknown column "colour"/);
    expect(faults.filter((f) => !/status of 400/.test(f))).toEqual([]);
  }, 60_000);

  test("keys read the curve, and the colours can be chosen", async () => {
    await open(await sweep("brief"));
    await page.waitForSelector(".plot svg path");
    await page.focus(".plot");
    await page.keyboard.press("End");
    expect(await text(".tip")).toMatch(/100 trials[\s\S]*random|100 trials[\s\S]*hill/);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.click(".theme");
    expect(await paper()).not.toBe(light);
    await page.reload({ waitUntil: "domcontentloaded" });
    await page.waitForSelector(".theme");
    expect(await paper()).not.toBe(light);
    await page.evaluate(() => localStorage.clear());
    expect(faults).toEqual([]);
  }, 60_000);

  test("its report opens with its own scripts, and reaches nothing", async () => {
    await open(await sweep("brief"));
    await until(".top .links", /Report/);
    const report = await page.$eval(".top .links a", (a) => (a as HTMLAnchorElement).href);
    await page.goto(report, { waitUntil: "load" });
    await until("h1", /brief/);
    await page.waitForSelector(".plot svg, .canvas svg");
    expect(faults).toEqual([]);
  }, 60_000);

  test("without scripts there is a page with the same facts", async () => {
    await open(await sweep("brief"), false);
    await page.goto(await page.$eval("noscript", (n) => n.textContent ?? "").then(() => `${page.url()}?plain`));
    expect(await text("body")).toMatch(/complete: 4 of 4 studies, 400 of 400 trials[\s\S]*random[\s\S]*hill/);
  }, 60_000);
});

describe("for other machines", () => {
  test("the token is asked for, and then known", async () => {
    const guarded = await serve(folder, "--listen", "0.0.0.0:0", "--token", "correct-horse-battery");
    try {
      const address = `http://127.0.0.1:${new URL(guarded.url).port}/`;
      await open(address);
      await until("h1", /asks for its token/);
      await page.type("input[name=token]", "not this one at all");
      await page.click("form button");
      await until("[role=alert]", /not the token/);
      await page.type("input[name=token]", "correct-horse-battery");
      await page.click("form button");
      await until(".card", /./);
      expect(page.url()).toBe(address);
      const [cookie] = await page.cookies();
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
      expect(faults.filter((f) => !/status of 401/.test(f))).toEqual([]);
    } finally {
      await end(guarded.server);
    }
  }, 60_000);
});
