import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {Paged} from '../api/paged';
import {icon} from '../design/icons';
import {money, quantity} from '../design/money';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {exact} from '../design/time';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {teamChoices} from '../teams/teams';
import './price-dialog';
import {type Price, prices, TYPES} from './prices';

/** What everything costs, has cost and will cost. */
class PricesPage extends View {
  static override properties = {creating: {state: true}};

  declare creating: boolean;
  private readonly list = new Paged<Price>(this, prices);
  private readonly names = new Fetched<Map<string, string>>(this, async () => new Map(await teamChoices()));

  constructor() {
    super();
    this.creating = false;
  }

  private closed(event: CustomEvent<unknown>) {
    this.creating = false;
    if (event.detail) {
      toast('The price is there');
      void this.list.reload();
    }
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Prices</h1><p class="under">What is metered, and what it costs. A price is never edited, so that a bill can always be reckoned again: a later one takes over.</p></div>${this.createButton()}</div>
      <section class="card" aria-label="Prices" aria-busy=${this.list.busy}>${this.shown()}</section>
      ${this.creating ? html`<tk-price-dialog @closed=${this.closed}></tk-price-dialog>` : nothing}
    </div>`;
  }

  private createButton() {
    return html`<button class="button primary" @click=${() => (this.creating = true)}>${icon('plus')}Create price</button>`;
  }

  private shown() {
    return shownList(this.list, 'the prices', () => empty('tag', 'No prices yet', 'Usage without a price is counted, and costs nothing.'),
      items => html`<div class="table-frame" tabindex="0" role="region" aria-label="All prices"><table class="table">
          <thead><tr><th scope="col">Meter</th><th scope="col">For</th><th scope="col">Price</th><th scope="col">From</th></tr></thead>
          <tbody>${items.map(price => this.row(price))}</tbody></table></div>${showMore(this.list)}`);
  }

  private row(price: Price) {
    const team = price.team_id ? this.names.value?.get(price.team_id) ?? price.team_id : 'Any team';
    return html`<tr><td class="mono wrap-anywhere">${price.meter}</td>
      <td class="wrap-anywhere">${price.model ?? html`<span class="muted">Any model</span>`}<span class="block small muted">${team}</span></td>
      <td>${amount(price)}</td><td class="nowrap"><time datetime=${price.effective_from}>${exact(new Date(price.effective_from))}</time></td></tr>`;
  }
}

function amount({type, unit_price: unit, package: pack, tiers, currency}: Price) {
  if (unit) {
    return html`${money(unit, currency)} a unit`;
  }
  if (pack) {
    return html`${money(pack.price, currency)} for each ${quantity(pack.size)} begun`;
  }
  return html`<ul>${tiers?.map(({up_to: end, unit_price: each}) => html`<li class="nowrap">${end ? `up to ${quantity(end)}` : 'above'}: ${money(each, currency)}</li>`)}</ul>
    <span class="small muted">${TYPES.find(([word]) => word === type)?.[1]}</span>`;
}

customElements.define('tk-prices-page', PricesPage);
