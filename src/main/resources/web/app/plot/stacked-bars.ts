import {html, nothing, type PropertyValues} from 'lit';
import type {Chart} from './chart';
import {View} from '../design/view';

/** The bars of one colour: a value for each name on the axis. */
export interface Series {
  name: string;
  values: number[];
}

/**
 * Bars on top of each other, and what their colours mean. The plotting library comes when the first of these is shown. Its
 * picture is for the eye; whoever shows it has the same numbers in a table.
 */
class StackedBars extends View {
  static override properties = {names: {attribute: false}, series: {attribute: false}, label: {}, unit: {}};

  /** Of the places on the axis. */
  declare names: string[];
  declare series: Series[];
  /** What is seen, for those who do not see it. */
  declare label: string;
  declare unit: string;
  private chart: Chart | undefined;
  private readonly themes = new MutationObserver(() => this.draw());
  private readonly sizes = new ResizeObserver(() => this.chart?.resize());

  override connectedCallback() {
    super.connectedCallback();
    this.themes.observe(document.documentElement, {attributeFilter: ['data-theme']});
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.themes.disconnect();
    this.sizes.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  protected override updated(changed: PropertyValues) {
    super.updated(changed);
    void this.show();
  }

  private async show() {
    const {chartIn} = await import('./chart');
    const frame = this.querySelector<HTMLElement>('.plot');
    if (frame && this.isConnected && !this.chart) {
      this.chart = chartIn(frame);
      this.sizes.observe(frame);
    }
    this.draw();
  }

  private draw() {
    this.chart?.draw(this.names, this.series, this.unit);
  }

  protected override render() {
    return html`<div class="plot" role="img" aria-label=${this.label}></div>
      ${this.series.length > 1 ? html`<ul class="legend">${this.series.map(({name}, place) => html`<li><span class="swatch p${place + 1}"></span><span class="wrap-anywhere">${name}</span></li>`)}</ul>` : nothing}`;
  }
}

customElements.define('tk-stacked-bars', StackedBars);
