/** What is used here of ECharts. Its Maven artifact has no types. See https://echarts.apache.org/en/api.html. */
declare module 'echarts/core' {
  export interface ECharts {
    setOption(options: object, how: {notMerge: boolean}): void;
    resize(): void;
    dispose(): void;
  }
  export function init(frame: HTMLElement, theme: null, settings: {renderer: 'canvas'}): ECharts;
  export function use(parts: unknown[]): void;
}

declare module 'echarts/charts' {
  export const BarChart: unknown;
}

declare module 'echarts/components' {
  export const GridComponent: unknown;
  export const TooltipComponent: unknown;
}

declare module 'echarts/renderers' {
  export const CanvasRenderer: unknown;
}
