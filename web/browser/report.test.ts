import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browser, results, toMiddle, watched } from "./page";

const figureOf = (id: string) => `figure[data-figure="${id}"]`;
const plot = (id: string) => `${figureOf(id)} .plot`;

let chromium: Browser;
let file: string;
let url: string;
let page: Page;
let faults: string[];

beforeAll(async () => {
  file = join(results("browser/quick.toml"), "report.html");
  url = pathToFileURL(file).href;
  chromium = await browser();
}, 120_000);

afterAll(() => chromium?.close());

describe("with scripts", () => {
  beforeEach(async () => {
    ({ page, faults } = await watched(chromium, url));
    return async () => {
      expect(faults).toEqual([]);
      await page.close();
    };
  });

  const texts = (selector: string) => page.$$eval(selector, (list) => list.map((e) => e.textContent ?? ""));
  const attribute = (selector: string, name: string) => page.$eval(selector, (e, n) => e.getAttribute(n), name);
  const paths = (id: string) => page.$$eval(`${plot(id)} svg path`, (list) => list.length);

  test("every figure comes alive, and nothing else is loaded", async () => {
    const ids = await page.$$eval("figure[data-figure]", (list) => list.map((f) => (f as HTMLElement).dataset.figure ?? ""));
    expect(ids.length).toBeGreaterThan(12);
    for (const part of ["progress", "intervals", "targets", "tradeoff", "lottery", "importance", "designs"]) expect(ids).toContain(`scenario-1-${part}`);
    for (const id of ids) {
      await toMiddle(page, figureOf(id));
      await page.waitForSelector(`${plot(id)} svg`);
      expect(await paths(id), id).toBeGreaterThan(4);
    }
    const broken = await page.$$eval(".plot svg *", (list) => list.filter((e) => /NaN|undefined|Infinity/.test(e.outerHTML.split(">")[0] ?? "")).length);
    expect(broken).toBe(0);
  });

  test("the pointer reads values, and what a design is", async () => {
    await toMiddle(page, figureOf("scenario-1-progress"));
    await page.hover(plot("scenario-1-progress"));
    expect((await texts(`${plot("scenario-1-progress")} .tip`))[0]).toMatch(/trials.*(ga|hill|random)/s);
    await toMiddle(page, figureOf("scenario-2-tradeoff"));
    await page.focus(plot("scenario-2-tradeoff"));
    await page.keyboard.press("Home");
    const tip = (await texts(`${plot("scenario-2-tradeoff")} .tip`))[0];
    expect(tip).toMatch(/latency_cycles.*area_mm2.*found by.*repeat \d, trial \d+.*rows\d+ PE/s);
  });

  test("the keyboard reaches, reads and zooms a figure", async () => {
    const id = "scenario-1-progress";
    await toMiddle(page, figureOf(id));
    await page.focus(`${figureOf(id)} .tools button:last-child`);
    await page.keyboard.press("Tab");
    expect(await page.$eval(plot(id), (e) => e === document.activeElement)).toBe(true);
    const said = async () => (await texts(`${figureOf(id)} .said`))[0];
    await page.keyboard.press("End");
    expect(await said()).toMatch(/^40 trials, .*\[/);
    await page.keyboard.press("ArrowLeft");
    expect(await said()).toMatch(/^39 trials/);
    const reset = `${figureOf(id)} .tools button:first-child`;
    const hidden = () => page.$eval(reset, (e) => (e as HTMLElement).hidden);
    expect(await hidden()).toBe(true);
    await page.keyboard.press("+");
    expect(await hidden()).toBe(false);
    await page.keyboard.press("0");
    expect(await hidden()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await page.$eval(`${plot(id)} .tip`, (e) => getComputedStyle(e).display)).toBe("none");
  });

  test("a dragged rectangle zooms, a double click shows all again", async () => {
    const id = "scenario-1-tradeoff";
    await toMiddle(page, figureOf(id));
    const labels = () => page.$$eval(`${plot(id)} svg text`, (list) => list.map((e) => e.textContent).join(" "));
    const before = await labels();
    const box = await (await page.$(plot(id)))?.boundingBox();
    if (!box) throw new Error("the figure has no place");
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.6 * box.height, { steps: 4 });
    await page.mouse.up();
    expect(await labels()).not.toBe(before);
    await page.mouse.click(box.x + 0.5 * box.width, box.y + 0.5 * box.height, { count: 2 });
    expect(await labels()).toBe(before);
  });

  test("the legend hides an agent in all figures of its section", async () => {
    const id = "scenario-1-progress";
    await toMiddle(page, figureOf(id));
    const before = await paths(id);
    const entry = '#scenario-1 .legend li[data-series="ga"] button';
    await page.focus(entry);
    await page.keyboard.press("Space");
    expect(await attribute(entry, "aria-pressed")).toBe("false");
    expect(await paths(id)).toBeLessThan(before);
    await page.hover(plot(id));
    expect((await texts(`${plot(id)} .tip th`)).sort()).toEqual(["hill", "random"]);
    await page.focus(entry);
    await page.keyboard.press("Space");
    expect(await paths(id)).toBe(before);
  });

  test("a brush along an axis picks designs, and so does its menu", async () => {
    const figure = 'figure[data-figure="scenario-1-designs"]';
    await toMiddle(page, figure);
    const count = async () => (await texts(`${figure} .count`))[0] ?? "";
    const [all = 0] = (await count()).match(/\d+/)?.map(Number) ?? [];
    expect(all).toBeGreaterThan(10);
    const top = await page.$eval(`${figure} .plot`, (e) => e.getBoundingClientRect().top);
    const names = await texts(`${figure} .menus label span`);
    const axis = await page.$$eval(
      `${figure} svg text`,
      (list, name) => {
        const box = list.find((t) => t.textContent === name)?.getBoundingClientRect();
        return box ? box.x + box.width / 2 : 0;
      },
      names[0] ?? "",
    );
    await page.mouse.move(axis, top + 45);
    await page.mouse.down();
    await page.mouse.move(axis, top + 180, { steps: 6 });
    await page.mouse.up();
    expect(await count()).toMatch(new RegExp(`^\\d+ of ${all} designs picked$`));
    const rows = (await texts(`${figure} .picked tbody tr`)).length;
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(all);
    await page.click(`${figure} .menus summary`);
    const menu = `${figure} .menus label:nth-child(1) select`;
    await page.select(menu, "any");
    expect(await count()).toMatch(new RegExp(`^${all} designs;`));
    const level = (await texts(`${menu} option`))[1] ?? "";
    await page.select(menu, level);
    expect(await count()).toMatch(new RegExp(`^\\d+ of ${all} designs picked$`));
    const head = await texts(`${figure} .picked thead th`);
    const column = head.indexOf(names[0] ?? "");
    const cells = await page.$$eval(`${figure} .picked tbody tr`, (list, i) => list.map((r) => (r as HTMLTableRowElement).cells[i]?.textContent), column);
    expect(new Set(cells)).toEqual(new Set([level]));
  });

  test("colours follow the system until the reader chooses", async () => {
    const paper = () => page.$eval("body", (e) => getComputedStyle(e).backgroundColor);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    const dark = await paper();
    expect(dark).not.toBe("rgb(255, 255, 255)");
    await page.click(".theme"); // dark
    expect(await paper()).toBe(dark);
    await page.click(".theme"); // light
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await page.click(".theme"); // as the system
    expect(await paper()).toBe(dark);
    await page.emulateMediaType("print");
    expect(await paper()).toBe("rgb(255, 255, 255)");
    expect(await page.$eval(".theme", (e) => getComputedStyle(e).display)).toBe("none");
  });

  test("tables sort by their columns", async () => {
    const table = "#scenario-1 table.summary:not(.lottery)";
    const best = () => page.$$eval(`${table} tbody tr`, (list) => list.map((r) => Number.parseFloat((r as HTMLTableRowElement).cells[3]?.textContent ?? "")));
    const sort = `${table} thead th:nth-child(4) button`;
    await page.focus(sort);
    await page.keyboard.press("Enter");
    const up = await best();
    expect(up.length).toBe(8);
    expect(up).toEqual([...up].sort((a, b) => a - b));
    await page.keyboard.press("Enter");
    expect(await best()).toEqual([...up].reverse());
    expect(await attribute(`${table} thead th:nth-child(4)`, "aria-sort")).toBe("descending");
  });

  test("a figure has its data as a table", async () => {
    const figure = 'figure[data-figure="scenario-1-intervals"]';
    await toMiddle(page, figure);
    await page.evaluate((s) => [...document.querySelectorAll<HTMLElement>(`${s} .tools button`)].find((b) => b.textContent === "Table")?.click(), figure);
    expect(await texts(`${figure} .data thead th`)).toEqual(["series", "latency_cycles (cycles)", "low", "high"]);
    expect((await texts(`${figure} .data tbody th`)).sort()).toEqual(["ga", "hill", "random"]);
  });

  test("everything that can be used has a name, and every id is there once", async () => {
    const nameless = await page.$$eval(
      "button, select, input, a, [tabindex]",
      (list) => list.filter((e) => !(e.getAttribute("aria-label") || e.textContent?.trim() || e.getAttribute("title"))).length,
    );
    expect(nameless).toBe(0);
    const ids = await page.$$eval("[id]", (list) => list.map((e) => e.id));
    expect(ids.length).toBe(new Set(ids).size);
  });

  test("a narrow window scrolls in one direction only", async () => {
    await page.setViewport({ width: 390, height: 800 });
    await toMiddle(page, figureOf("scenario-1-progress"));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test("without scripts the still figures and all tables are there", async () => {
  const bare = await chromium.newPage();
  await bare.setJavaScriptEnabled(false);
  await bare.goto(url);
  expect(await bare.$$eval("figure[data-figure] .canvas svg", (list) => list.filter((e) => e.getBoundingClientRect().height > 100).length)).toBeGreaterThan(12);
  expect(await bare.$$(".plot")).toHaveLength(0);
  expect(await bare.$$eval("table", (list) => list.length)).toBeGreaterThan(5);
  await bare.close();
});

test("the page is small and names no other place", () => {
  const text = readFileSync(file, "utf8");
  expect(text.length).toBeLessThan(3_000_000);
  expect(text).toContain("script-src 'sha256-".replaceAll("'", "&#39;"));
  expect(text.replace(/<script[\s\S]*?<\/script>/g, "")).not.toMatch(/(src|href)="(https?:)?\/\//);
});
