import {BarChart} from 'echarts/charts';
import {GridComponent, TooltipComponent} from 'echarts/components';
import {init, use} from 'echarts/core';
import {CanvasRenderer} from 'echarts/renderers';
import {allowClearing} from './trusted-types';
import type {Series} from './stacked-bars';

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

const RADIUS = 2;
const WIDEST = 44;

/** A plot in an element of the page. */
export interface Chart {
  draw(names: string[], series: Series[], unit: string): void;
  resize(): void;
  dispose(): void;
}

/** Makes a plot that fills an element, in the colours of the theme. */
export function chartIn(frame: HTMLElement): Chart {
  allowClearing();
  const chart = init(frame, null, {renderer: 'canvas'});
  return {
    draw: (names, series, unit) => chart.setOption(options(names, series, unit), {notMerge: true}),
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  };
}

function options(names: string[], series: Series[], unit: string) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const number = (value: number) => value.toLocaleString('en', {maximumSignificantDigits: 6});
  return {
    animation: false,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: colour('muted')},
    grid: {left: 0, right: 0, top: 12, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel'},
    xAxis: {type: 'category', data: names, axisTick: {show: false}, axisLine: {lineStyle: {color: colour('line')}},
      axisLabel: {color: colour('muted'), hideOverlap: true}},
    yAxis: {type: 'value', splitNumber: 4, minInterval: series.every(({values}) => values.every(Number.isInteger)) ? 1 : 0, splitLine: {lineStyle: {color: colour('line')}},
      axisLabel: {color: colour('muted'), formatter: (value: number) => value.toLocaleString('en', {notation: 'compact', maximumSignificantDigits: 3})}},
    tooltip: {
      trigger: 'axis',
      // Markup in elements of the page would be against the page's policy; this is drawn.
      renderMode: 'richText',
      confine: true,
      order: 'valueDesc',
      axisPointer: {type: 'shadow', shadowStyle: {color: colour('quiet-soft'), opacity: 0.5}},
      backgroundColor: colour('raised'),
      borderColor: colour('line'),
      textStyle: {color: colour('text'), fontSize: 12},
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${number(value)} ${unit}`.trim() : ''),
    },
    series: series.map(({name, values}, place) => ({
      type: 'bar' as const,
      stack: 'all',
      name: plain(name),
      // Nothing is nothing to see, and nothing to tell of.
      data: values.map(value => (value === 0 ? null : value)),
      barMaxWidth: WIDEST,
      itemStyle: {color: colour(`plot-${place + 1}`), borderRadius: RADIUS},
    })),
  };
}

/** What the library takes for its own marks is kept out of names. */
function plain(name: string): string {
  return name.replace(/[{}|]/g, ' ');
}
