import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {icon} from '../design/icons';
import {money} from '../design/money';
import {empty, failed, loading} from '../design/states';
import {ago} from '../design/time';
import {View} from '../design/view';
import {type Balance, balance} from '../ledger/entries';
import {current} from '../session/session';
import {type Attention, attention} from './attention';
import {type Month, month} from './month';
import {trend} from './trend';

/** How things stand, and what wants somebody to look at it. */
class OverviewPage extends View {
  private readonly balance = new Fetched<Balance | null>(this, async () => (current().projectId ? balance() : null));
  private readonly month = new Fetched<Month | null>(this, async () => (current().projectId ? month() : null));
  private readonly attention = new Fetched<Attention | null>(this, async () => (current().projectId ? attention() : null));

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Overview</h1><p class="under">How things stand, and what wants somebody to look at it.</p></div></div>
      ${current().projectId ? this.shown() : html`<section class="card">${empty('info', 'You are in no project', 'An admin of your team can make one.')}</section>`}
    </div>`;
  }

  private shown() {
    const problem = this.balance.problem ?? this.month.problem ?? this.attention.problem;
    if (problem) {
      return html`<section class="card">${failed(problem, () => void Promise.all([this.balance.restart(), this.month.restart(), this.attention.restart()]))}</section>`;
    }
    return html`${this.figures()}<div class="columns">
      <section class="card" aria-labelledby="month-heading"><header><h2 id="month-heading">Spend this month</h2></header>${this.spend()}</section>
      <section class="card" aria-labelledby="attention-heading"><header><h2 id="attention-heading">Wants attention</h2></header>${this.wanted()}</section></div>`;
  }

  private figures() {
    const {value: standing} = this.balance;
    const {value: spent} = this.month;
    const {value: keys} = this.attention;
    return html`<dl class="figures card" aria-busy=${!standing || !spent || !keys}>
      <div><dt>Balance</dt><dd>${standing ? money(standing.posted, standing.currency) : '…'}</dd></div>
      <div><dt>Spent this month</dt><dd>${standing && spent ? money(spent.cost, standing.currency) : '…'}</dd></div>
      <div><dt>Requests this month</dt><dd>${spent ? spent.requests.toLocaleString('en') : '…'}</dd></div>
      <div><dt>Active keys</dt><dd>${keys ? `${keys.activeKeys.toLocaleString('en')}${keys.more ? ' or more' : ''}` : '…'}</dd></div></dl>`;
  }

  private spend() {
    const {value: spent} = this.month;
    const currency = this.balance.value?.currency;
    return spent && currency
      ? html`<div class="inside form">${trend(spent.days, currency)}
          <p class="muted">Last month, up to the same day: ${money(spent.costBefore, currency)}</p></div>`
      : loading('the spend', 3);
  }

  private wanted() {
    const {value: found} = this.attention;
    if (!found) {
      return loading('what wants attention', 3);
    }
    return found.expiring.length + found.budgets.length === 0 ? empty('check', 'All is well', 'No key expires soon, and no budget is near its limit.')
      : html`<ul class="inside checks">
          ${found.budgets.map(({name, spent, hard_limit: limit, currency}) => html`<li class="warned">${icon('warning')}
            <div><a href="/budgets">${name ?? 'A budget'}</a> has spent ${money(spent, currency)} of ${money(limit, currency)}</div></li>`)}
          ${found.expiring.map(({id, name, expires_at: at}) => html`<li class="warned">${icon('warning')}
            <div><a href="/keys/${id}">${name}</a> expires ${at ? ago(new Date(at)) : nothing}</div></li>`)}
          ${found.moreExpiring ? html`<li class="warned">${icon('warning')}<div>More keys expire within 14 days.</div></li>` : nothing}</ul>`;
  }
}

customElements.define('tk-overview-page', OverviewPage);
