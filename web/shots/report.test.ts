import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, test } from "vitest";
import { browser, toMiddle } from "../browser/page";
import { experiment, take } from "./picture";

let chromium: Browser;

beforeAll(async () => {
  chromium = await browser();
});
afterAll(() => chromium?.close());

/** The report of an experiment in a window of this size, in the light scheme. */
async function report(name: string, width: number, height: number): Promise<Page> {
  const page = await chromium.newPage();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.setViewport({ width, height });
  await page.goto(pathToFileURL(`${experiment(name)}/report.html`).href);
  return page;
}

test("the verdict", async () => {
  const page = await report("systolic-quickstart", 1280, 900);
  await take(page, "report");
});

test("figures, with the pointer on a curve", async () => {
  const page = await report("systolic-quickstart", 1280, 1000);
  const figure = 'figure[data-figure="scenario-1-progress"]';
  await toMiddle(page, 'figure[data-figure="scenario-1-tradeoff"]');
  await toMiddle(page, figure);
  await page.evaluate(() => window.scrollBy(0, (document.querySelector("#scenario-1 .figures")?.getBoundingClientRect().top ?? 0) - 105));
  const plot = await (await page.waitForSelector(`${figure} .plot`))?.boundingBox();
  if (plot) await page.mouse.move(plot.x + 0.5 * plot.width, plot.y + 0.3 * plot.height);
  await take(page, "report-figures");
});

test("designs picked by a range", async () => {
  const page = await report("lottery-quick", 1080, 1200);
  const figure = 'figure[data-figure="scenario-1-designs"]';
  await toMiddle(page, figure);
  const [axis, bottom] = await page.$eval(`${figure} .plot svg`, (svg) => {
    const { top, bottom } = svg.getBoundingClientRect();
    const names = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect()).filter((box) => box.top < top + 28);
    const last = Math.max(...names.map((box) => box.x + box.width / 2));
    return [last, bottom] as const;
  });
  await page.mouse.move(axis, bottom - 34);
  await page.mouse.down();
  await page.mouse.move(axis, bottom - 22, { steps: 6 });
  await page.mouse.up();
  await take(page, "report-designs", { selector: figure, height: 590 });
});
