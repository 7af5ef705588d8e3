import {html, nothing} from 'lit';
import {Paged} from '../api/paged';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {ago} from '../design/time';
import {View} from '../design/view';
import {deliveries, type Delivery} from './webhooks';

const LOOKS: Record<Delivery['status'], [string, string]> = {pending: ['warn', 'Waiting'], delivered: ['good', 'Delivered'], failed: ['bad', 'Given up']};

/** What a webhook was told, the newest first, and how the sending went. */
class DeliveryList extends View {
  static override properties = {webhookId: {}};

  declare webhookId: string;
  private readonly list = new Paged<Delivery>(this, cursor => deliveries(this.webhookId, cursor));

  /** Fetches it anew, after something was sent. */
  refresh() {
    void this.list.restart();
  }

  protected override render() {
    return shownList(this.list, 'the deliveries', () => empty('bell', 'Nothing was sent yet', 'Try it out, or wait for something to happen.'),
      items => html`<div class="table-frame" tabindex="0" role="region" aria-label="What was sent"><table class="table">
          <thead><tr><th scope="col">What</th><th scope="col">Status</th><th scope="col">When</th><th scope="col" class="number">Attempts</th></tr></thead>
          <tbody>${items.map(delivery => this.row(delivery))}</tbody></table></div>
        ${showMore(this.list)}`);
  }

  private row(delivery: Delivery) {
    const [look, word] = LOOKS[delivery.status];
    return html`<tr><td><span class="mono">${delivery.type}</span>
        ${delivery.last_error ? html`<span class="small muted block wrap-anywhere">${delivery.last_error}</span>` : nothing}</td>
      <td class="nowrap"><span class="badge dot ${look}">${word}</span>${delivery.last_status_code ? html` <span class="small muted">${delivery.last_status_code}</span>` : nothing}
        ${delivery.next_attempt_at ? html`<span class="small muted block">again ${ago(new Date(delivery.next_attempt_at))}</span>` : nothing}</td>
      <td class="nowrap">${ago(new Date(delivery.created_at))}</td><td class="number">${delivery.attempts}</td></tr>`;
  }
}

customElements.define('tk-delivery-list', DeliveryList);
