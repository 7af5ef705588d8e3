import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {Paged} from '../api/paged';
import {money} from '../design/money';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty, failed} from '../design/states';
import {exact} from '../design/time';
import {View} from '../design/view';
import {current} from '../session/session';
import {type Balance, balance, entries, type Entry} from './entries';

const KINDS: Record<Entry['kind'], string> = {
  credit: 'Credit',
  usage: 'Usage',
  expiry: 'Credit expired',
  reversal: 'Taken back',
  adjustment: 'Late usage of a closed month',
};

/** Every movement of the team's balance, and where it stands. */
class LedgerPage extends View {
  private readonly standing = new Fetched<Balance>(this, balance);
  private readonly list = new Paged<Entry>(this, cursor => entries(cursor));

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Ledger</h1>
        <p class="under">Every movement of the balance, the newest first. Nothing here is ever changed: what was wrong is corrected by another entry.</p></div></div>
      ${current().teamId ? html`${this.figures()}<section class="card" aria-label="Entries" aria-busy=${this.list.busy}>${this.shown()}</section>`
        : html`<section class="card">${empty('info', 'You are in no team', 'A ledger belongs to a team. An operator can put you into one.')}</section>`}
    </div>`;
  }

  private figures() {
    const {value, problem} = this.standing;
    if (problem) {
      return html`<section class="card">${failed(problem, () => void this.standing.restart())}</section>`;
    }
    const of = (amount: keyof Balance) => (value ? money(value[amount], value.currency) : '…');
    return html`<dl class="figures card" aria-busy=${value === null}>
      <div><dt>Balance</dt><dd>${of('posted')}</dd></div>
      <div><dt>Held by reservations</dt><dd>${of('pending')}</dd></div>
      <div><dt>Can be spent</dt><dd>${of('available')}</dd></div></dl>`;
  }

  private shown() {
    return shownList(this.list, 'the ledger', () => empty('info', 'No entries yet', 'Credit that the team is given, and usage that costs something, appear here.'),
      items => html`<div class="table-frame" tabindex="0" role="region" aria-label="Entries of the ledger"><table class="table">
          <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col" class="number">Amount</th><th scope="col" class="number">Balance after</th></tr></thead>
          <tbody>${items.map(entry => this.row(entry))}</tbody></table></div>
        ${showMore(this.list)}`);
  }

  private row({at, kind, amount, balance_after: after, currency, reference}: Entry) {
    return html`<tr><td class="nowrap"><time datetime=${at}>${exact(new Date(at))}</time></td>
      <td>${KINDS[kind]}${reference ? html`<span class="block small muted mono wide-only">${reference.id}</span>` : nothing}</td>
      <td class="number nowrap">${money(amount, currency)}</td><td class="number nowrap">${money(after, currency)}</td></tr>`;
  }
}

customElements.define('tk-ledger-page', LedgerPage);
