import { CustomChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import { GridComponent, ParallelComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([CustomChart, LineChart, ParallelChart, ScatterChart, GridComponent, ParallelComponent, SVGRenderer]);

/** A chart in the element, redrawn when that changes its size. Drawn as SVG: sharp on paper, and in the colours of the page's style sheet. */
export function chartIn(host: HTMLElement, redraw: () => void): EChartsType {
  const chart = init(host, null, { renderer: "svg" });
  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = host;
    if (clientWidth === 0 || (clientWidth === chart.getWidth() && clientHeight === chart.getHeight())) return;
    chart.resize({ width: clientWidth, height: clientHeight });
    redraw();
  }).observe(host);
  return chart;
}

const canvas = document.createElement("canvas").getContext("2d");

/** How many pixels a text of an axis takes. */
export function wide(text: string): number {
  if (!canvas) return 7 * text.length;
  canvas.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(text).width;
}
