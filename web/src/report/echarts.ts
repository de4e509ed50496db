import { CustomChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import { GridComponent, ParallelComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([CustomChart, LineChart, ParallelChart, ScatterChart, GridComponent, ParallelComponent, SVGRenderer]);

/** A chart in the element, which keeps its width. Drawn as SVG: sharp on paper, and in the colours of the page's style sheet. */
export function chartIn(host: HTMLElement): EChartsType {
  const chart = init(host, null, { renderer: "svg" });
  new ResizeObserver(() => chart.resize()).observe(host);
  return chart;
}

const canvas = document.createElement("canvas").getContext("2d");

/** How many pixels a text of an axis takes. */
export function wide(text: string): number {
  if (!canvas) return 7 * text.length;
  canvas.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(text).width;
}
