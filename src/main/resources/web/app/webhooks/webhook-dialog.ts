import {html, nothing} from 'lit';
import {ApiProblem} from '../api/problem';
import '../design/copy-button';
import {Dialog} from '../design/dialog';
import {describedBy, field, fieldError, type FieldTexts} from '../design/field';
import {focusFirstError, focusNow} from '../design/focus';
import {notice} from '../design/notice';
import {createWebhook, type IssuedWebhook, TYPES, updateWebhook, type Webhook, type WebhookSettings} from './webhooks';

/** Makes a webhook, and shows its secret; or edits one. */
class WebhookDialog extends Dialog {
  static override properties = {webhook: {attribute: false}, issued: {state: true}, problem: {state: true}, busy: {state: true}, chosen: {state: true}};

  /** The one to be edited; null for a new one. */
  declare webhook: Webhook | null;
  declare issued: IssuedWebhook | null;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  declare chosen: string[];
  private url = '';
  private description = '';

  constructor() {
    super();
    this.webhook = null;
    this.issued = null;
    this.problem = null;
    this.busy = false;
    this.chosen = TYPES.map(([type]) => type);
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.webhook) {
      this.url = this.webhook.url;
      this.description = this.webhook.description ?? '';
      this.chosen = this.webhook.types;
    }
  }

  protected heading() {
    return this.issued ? 'The webhook is ready' : this.webhook ? 'Edit the webhook' : 'Create a webhook';
  }

  protected override mayClose() {
    return !this.issued;
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    const settings: WebhookSettings = {url: this.url.trim(), types: this.chosen, description: this.description.trim() || null};
    try {
      if (this.webhook) {
        this.close(await updateWebhook(this.webhook.id, settings));
      } else {
        this.issued = await createWebhook(settings);
        await focusNow(this, 'tk-copy-button button');
      }
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
      await focusFirstError(event.target as HTMLFormElement);
    } finally {
      this.busy = false;
    }
  }

  protected content() {
    return this.issued ? this.secret(this.issued) : this.form();
  }

  private secret(issued: IssuedWebhook) {
    return html`<div class="pane"><div class="dialog-body">
        ${notice('warn', html`<strong>Copy the signing secret now: it is shown this once.</strong>
          <span>Your receiver checks each message’s signature with it, after the Standard Webhooks specification.</span>`)}
        <div class="secret"><code id="secret">${issued.secret}</code><tk-copy-button .text=${issued.secret} .what=${'the secret'}></tk-copy-button></div></div>
      <div class="dialog-foot"><button class="button primary" @click=${() => this.close(issued)}>I have kept it</button></div></div>`;
  }

  private form() {
    const said = this.problem?.besides('url', 'types', 'description');
    const wrong = this.problem?.of('types');
    return html`<form novalidate @submit=${this.submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${this.input({id: 'webhook-url', label: 'URL', error: this.problem?.of('url'), hint: 'Where messages are sent by POST. No private addresses, unless the operator allows them.'}, this.url, text => (this.url = text), 2048)}
        <fieldset class="group" aria-describedby=${wrong ? 'webhook-types-error' : nothing}><legend>Tell it of</legend><div class="choices">${TYPES.map(([type, name]) => html`<label class="choice">
          <input type="checkbox" .checked=${this.chosen.includes(type)} @change=${() => this.tick(type)}><span>${name}<span class="hint mono">${type}</span></span></label>`)}</div>
          ${fieldError('webhook-types', wrong)}</fieldset>
        ${this.input({id: 'webhook-description', label: 'Description', optional: true, error: this.problem?.of('description')}, this.description, text => (this.description = text), 500)}</div>
      <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
        <button class="button primary" aria-disabled=${this.busy}>${this.webhook ? 'Save' : 'Create'}</button></div></form>`;
  }

  private tick(type: string) {
    this.chosen = this.chosen.includes(type) ? this.chosen.filter(other => other !== type) : [...this.chosen, type];
  }

  private input(texts: FieldTexts, value: string, typed: (text: string) => void, most: number) {
    return field(texts, html`<input class="input" id=${texts.id} autocomplete="off" spellcheck="false" maxlength=${most} .value=${value}
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)} @input=${(event: Event) => typed((event.target as HTMLInputElement).value)}>`);
  }
}

customElements.define('tk-webhook-dialog', WebhookDialog);
