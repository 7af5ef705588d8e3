import {html} from 'lit';
import {Fetched} from '../api/fetched';
import {shown} from '../design/shown';
import {empty} from '../design/states';
import {View} from '../design/view';
import {ownZone} from '../design/zones';
import '../plot/stacked-bars';
import {bars} from '../usage/bars';
import {figures, requestsOf} from '../usage/figures';
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
    return shown(this.found, 'the usage', value => this.report(value), 8);
  }

  private report(of: Report) {
    if (requestsOf(of) === 0) {
      return empty('bars', 'Not used in 30 days', 'Usage of this key that is sent to POST /api/usage/events appears here.');
    }
    const named = bucketNames(of);
    return html`${figures(of)}
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
