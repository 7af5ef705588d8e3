import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {ApiProblem} from '../api/problem';
import {afterDialog} from '../design/after-dialog';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {icon} from '../design/icons';
import {failed, loading} from '../design/states';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {navigate} from '../shell/router';
import './delivery-list';
import './webhook-dialog';
import {deleteWebhook, getWebhook, tryWebhook, updateWebhook, type Webhook} from './webhooks';

type Open = 'edit' | Question | null;

/** One webhook: what it is told of, and what it was told. */
class WebhookPage extends View {
  static override properties = {webhookId: {}, open: {state: true}, busy: {state: true}};

  declare webhookId: string;
  declare open: Open;
  declare busy: boolean;
  private readonly webhook = new Fetched<Webhook>(this, () => getWebhook(this.webhookId));

  constructor() {
    super();
    this.open = null;
    this.busy = false;
  }

  private async act(what: () => Promise<string>) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      toast(await what());
    } catch (failure) {
      toast(ApiProblem.of(failure).message);
    } finally {
      this.busy = false;
      this.querySelector<HTMLElement & {refresh: () => void}>('tk-delivery-list')?.refresh();
    }
  }

  private tryOut() {
    return this.act(async () => {
      const sent = await tryWebhook(this.webhookId);
      return sent.status === 'delivered' ? 'It arrived' : `It did not arrive: ${sent.last_error ?? sent.status}`;
    });
  }

  private enable(enabled: boolean) {
    return this.act(async () => {
      this.webhook.replace(await updateWebhook(this.webhookId, {enabled}));
      return enabled ? 'The webhook is on' : 'The webhook is off';
    });
  }

  private askToDelete() {
    this.open = {
      heading: 'Delete this webhook?',
      text: 'Nothing more is sent, and what waits is dropped.',
      verb: 'Delete webhook',
      act: async () => {
        await deleteWebhook(this.webhookId);
        navigate('/webhooks');
        toast('The webhook is deleted');
        return false;
      },
    };
  }

  private async closed(event: CustomEvent<unknown>) {
    this.open = null;
    await afterDialog(this, event, 'Saved', () => this.webhook.restart());
  }

  protected override render() {
    const {value: webhook, problem} = this.webhook;
    return html`<div class="page"><nav class="crumbs" aria-label="Back"><a href="/webhooks">${icon('back')}Webhooks</a></nav>
      ${problem && !webhook ? html`<h1 class="visually-hidden">Webhook</h1><section class="card">${failed(problem, () => void this.webhook.restart())}</section>`
        : webhook ? this.page(webhook) : html`<section class="card">${loading('the webhook')}</section>`}</div>`;
  }

  private page(webhook: Webhook) {
    return html`<div class="page-head"><div><h1 class="wrap-anywhere">${webhook.url}</h1>
        <div class="tags"><span class="badge dot ${webhook.enabled ? 'good' : ''}">${webhook.enabled ? 'On' : 'Off'}</span>${webhook.types.map(type => html`<span class="tag">${type}</span>`)}</div>
        ${webhook.description ? html`<p class="under wrap-anywhere">${webhook.description}</p>` : nothing}</div>
        <div class="actions"><button class="button" aria-disabled=${this.busy} @click=${this.tryOut}>Try it out</button>
          <button class="button" @click=${() => (this.open = 'edit')}>Edit</button>
          <button class="button" aria-disabled=${this.busy} @click=${() => this.enable(!webhook.enabled)}>${webhook.enabled ? 'Turn off' : 'Turn on'}</button>
          <button class="button warns" @click=${this.askToDelete}>Delete…</button></div></div>
      <section class="card" aria-labelledby="deliveries-heading"><header><h2 id="deliveries-heading">Deliveries</h2></header>
        <tk-delivery-list .webhookId=${webhook.id}></tk-delivery-list></section>
      ${this.open === 'edit' ? html`<tk-webhook-dialog .webhook=${webhook} @closed=${this.closed}></tk-webhook-dialog>`
        : this.open ? html`<tk-confirm-dialog .question=${this.open} @closed=${this.closed}></tk-confirm-dialog>` : nothing}`;
  }
}

customElements.define('tk-webhook-page', WebhookPage);
