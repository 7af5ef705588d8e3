import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {download} from '../design/download';
import {icon} from '../design/icons';
import {money, quantity} from '../design/money';
import {shown} from '../design/shown';
import {empty} from '../design/states';
import {View} from '../design/view';
import {type Invoice, invoice, invoiceFile, type InvoiceLine} from './invoice';
import {months} from './period';

const MONTHS = 25;
const named = new Intl.DateTimeFormat('en', {month: 'long', year: 'numeric', timeZone: 'UTC'});

/** What a month costs, line by line. */
class InvoicePreview extends View {
  static override properties = {month: {state: true}};

  declare month: string;
  private readonly found = new Fetched<Invoice>(this, () => invoice(this.month));

  constructor() {
    super();
    this.month = months(1)[0]!;
  }

  private choose(month: string) {
    this.month = month;
    void this.found.restart();
  }

  private keep() {
    const {month} = this;
    void download(() => invoiceFile(month), `invoice-${month}.csv`);
  }

  protected override render() {
    return html`<section class="card" aria-labelledby="invoice-heading" aria-busy=${this.found.busy}>
      <header><h2 id="invoice-heading">Invoice</h2><div class="actions">
        <select class="input medium" aria-label="Month of the invoice" @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
          ${months(MONTHS).map(month => html`<option value=${month} ?selected=${month === this.month}>${name(month)}</option>`)}</select>
        <button class="button compact" aria-label="CSV of the invoice" @click=${this.keep}>${icon('download')}CSV</button></div></header>
      ${this.shown()}</section>`;
  }

  private shown() {
    return shown(this.found, 'the invoice', value => this.lines(value), 4);
  }

  private lines({lines, currency, total, status}: Invoice) {
    const state = status === 'closed' ? html`<p class="inside muted"><span class="badge good">Closed</span> It never changes again.</p>`
      : html`<p class="inside muted"><span class="badge accent">Preview</span> The month, in UTC, as it stands now.</p>`;
    return html`${state}${lines.length === 0 ? empty('ledger', 'Nothing to pay', 'No usage of this month costs anything.')
      : html`<div class="table-frame" tabindex="0" role="region" aria-label="Lines of the invoice"><table class="table">
          <thead><tr><th scope="col">Meter</th><th scope="col">Model</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Amount</th></tr></thead>
          <tbody>${lines.map(line => this.line(line, currency))}</tbody>
          <tfoot><tr><th scope="row" colspan="3">Total</th><td class="number nowrap"><strong>${money(total, currency)}</strong></td></tr></tfoot></table></div>`}`;
  }

  private line({meter, model, quantity: used, amount, adjusts}: InvoiceLine, currency: string) {
    return html`<tr><td class="wrap-anywhere">${meter}${adjusts ? html`<span class="block small muted">late, of ${name(adjusts)}</span>` : nothing}</td>
      <td class="wrap-anywhere">${model ?? html`<span class="muted">None</span>`}</td>
      <td class="number">${quantity(used)}</td><td class="number nowrap">${money(amount, currency)}</td></tr>`;
  }
}

function name(month: string): string {
  return named.format(new Date(`${month}-01T00:00:00Z`));
}

customElements.define('tk-invoice-preview', InvoicePreview);
