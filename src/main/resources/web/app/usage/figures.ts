import {html} from 'lit';
import {money, sum} from '../design/money';
import type {Report} from './report';

/** How many requests a report is of. */
export function requestsOf({totals}: Report): number {
  return totals.reduce((so, row) => so + row.requests, 0);
}

/** What a report's usage costs. */
export function costOf({totals}: Report): string {
  return sum(totals.map(({cost}) => cost));
}

/** Both, as figures. */
export function figures(report: Report) {
  return html`<dl class="figures"><div><dt>Cost</dt><dd>${money(costOf(report), report.currency)}</dd></div>
    <div><dt>Requests</dt><dd>${requestsOf(report).toLocaleString('en')}</dd></div></dl>`;
}
