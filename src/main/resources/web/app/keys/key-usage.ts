import {html} from 'lit';
import {Fetched} from '../api/fetched';
import {money, sum} from '../design/money';
import {empty, failed, loading} from '../design/states';
import {View} from '../design/view';
import {ownZone} from '../design/zones';
import '../plot/stacked-bars';
import {bars} from '../usage/bars';
import {periodOf} from '../usage/period';
import type {Question} from '../usage/question';
import {type Report, report} from '../usage/report';
import '../usage/usage-table';
import {bucketNames} from '../usage/words';

/** What a key was used for in the last 30 days. */
class KeyUsage extends View {
  static override properties = {keyId: {}};

  declare keyId: string;
  private readonly found = new Fetched<Report>(this, () => report(lastDays(), this.keyId));

  protected override render() {
    return html`<section class="card steady" aria-labelledby="usage-heading" aria-busy=${this.found.busy}><header><h2 id="usage-heading">Usage of 30 days</h2></header>${this.answer()}</section>`;
  }

  private answer() {
    const {value, problem} = this.found;
    if (problem) {
      return failed(problem, () => void this.found.restart());
    }
    return value ? this.shown(value) : loading('the usage', 8);
  }

  private shown(of: Report) {
    const requests = of.totals.reduce((so, row) => so + row.requests, 0);
    if (requests === 0) {
      return empty('bars', 'Not used in 30 days', 'Usage of this key that is sent to POST /api/usage/events appears here.');
    }
    const named = bucketNames(of);
    return html`<dl class="figures"><div><dt>Cost</dt><dd>${money(sum(of.totals.map(({cost}) => cost)), of.currency)}</dd></div>
        <div><dt>Requests</dt><dd>${requests.toLocaleString('en')}</dd></div></dl>
      <div class="inside form"><tk-stacked-bars .names=${of.totals.map(({start}) => named(start))} .series=${bars(of, 'requests')} .unit=${'requests'}
        .label=${'Requests of each day as stacked bars. The table has the same numbers.'}></tk-stacked-bars>
        <details class="more"><summary>As a table</summary><tk-usage-table .report=${of}></tk-usage-table></details></div>`;
  }
}

function lastDays(): Question {
  const timezone = ownZone();
  return {...periodOf('30d', timezone), timezone, bucket: '1d', groupBy: 'meter'};
}

customElements.define('tk-key-usage', KeyUsage);
