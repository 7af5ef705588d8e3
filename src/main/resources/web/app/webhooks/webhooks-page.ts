import {html, nothing} from 'lit';
import {NOTHING, Paged} from '../api/paged';
import {icon} from '../design/icons';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {View} from '../design/view';
import {isAdmin} from '../session/session';
import './webhook-dialog';
import {type Webhook, webhooks} from './webhooks';

/** Where the team is told of what happens. */
class WebhooksPage extends View {
  static override properties = {creating: {state: true}};

  declare creating: boolean;
  private readonly list = new Paged<Webhook>(this, async cursor => (isAdmin() ? webhooks(cursor) : NOTHING));

  constructor() {
    super();
    this.creating = false;
  }

  private closed() {
    this.creating = false;
    void this.list.reload();
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Webhooks</h1><p class="under">Messages to your own programs when something happens: signed, sent again until they arrive, and logged.</p></div>
        ${isAdmin() ? this.createButton() : nothing}</div>
      <section class="card" aria-label="Webhooks" aria-busy=${this.list.busy}>${this.shown()}</section>
      ${this.creating ? html`<tk-webhook-dialog @closed=${this.closed}></tk-webhook-dialog>` : nothing}
    </div>`;
  }

  private createButton() {
    return html`<button class="button primary" @click=${() => (this.creating = true)}>${icon('plus')}Create webhook</button>`;
  }

  private shown() {
    if (!isAdmin()) {
      return empty('lock', 'Not open to you', 'Webhooks are for admins of the team.');
    }
    return shownList(this.list, 'the webhooks', () => empty('bell', 'No webhooks yet', 'A webhook tells your programs of keys, budgets and the balance, as it happens.', this.createButton()),
      items => html`<div class="table-frame"><table class="table">
          <thead><tr><th scope="col">URL</th><th scope="col">Status</th><th scope="col" class="wide-only">Told of</th></tr></thead>
          <tbody>${items.map(webhook => this.row(webhook))}</tbody></table></div>
        ${showMore(this.list)}`);
  }

  private row({id, url, enabled, description, types}: Webhook) {
    return html`<tr><td><a class="main" href="/webhooks/${id}">${url}</a>${description ? html`<span class="small muted block wrap-anywhere">${description}</span>` : nothing}</td>
      <td class="nowrap"><span class="badge dot ${enabled ? 'good' : ''}">${enabled ? 'On' : 'Off'}</span></td>
      <td class="wide-only"><span class="tags">${types.map(type => html`<span class="tag">${type}</span>`)}</span></td></tr>`;
  }
}

customElements.define('tk-webhooks-page', WebhooksPage);
