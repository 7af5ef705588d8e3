import {html, nothing} from 'lit';
import {money, quantity} from '../design/money';
import {View} from '../design/view';
import type {Report, Row} from './report';
import {bucketNames, groupName} from './words';

const AT_ONCE = 100;

/** A report's rows, to the last digit. */
class UsageTable extends View {
  static override properties = {report: {attribute: false}, shown: {state: true}};

  declare report: Report;
  /** How many of the rows; a report may have very many. */
  declare shown: number;

  constructor() {
    super();
    this.shown = AT_ONCE;
  }

  protected override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('report')) {
      this.shown = AT_ONCE;
    }
  }

  protected override render() {
    const {rows, question: {groupBy}} = this.report;
    const named = bucketNames(this.report);
    return html`<div class="table-frame" tabindex="0" role="region" aria-label="Rows of usage"><table class="table">
        <thead><tr><th scope="col">Begins</th>${groupBy === 'none' ? nothing : html`<th scope="col">What</th>`}
          <th scope="col" class="number">Quantity</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Cost</th></tr></thead>
        <tbody>${rows.slice(0, this.shown).map(row => this.row(row, named))}</tbody></table></div>
      ${rows.length > this.shown ? html`<div class="inside actions"><button class="button" @click=${() => (this.shown += AT_ONCE)}>Show more</button>
        <span class="muted">${this.shown} of ${rows.length.toLocaleString('en')} rows</span></div>` : nothing}`;
  }

  private row(row: Row, named: (start: string) => string) {
    const {groupBy} = this.report.question;
    return html`<tr><td class="nowrap"><time datetime=${row.start}>${named(row.start)}</time></td>
      ${groupBy === 'none' ? nothing : html`<td class="wrap-anywhere">${groupName(row, groupBy)}</td>`}
      <td class="number">${quantity(row.quantity)}</td><td class="number">${row.requests.toLocaleString('en')}</td>
      <td class="number nowrap">${money(row.cost, this.report.currency)}</td></tr>`;
  }
}

customElements.define('tk-usage-table', UsageTable);
