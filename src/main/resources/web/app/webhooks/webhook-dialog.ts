import {html, nothing} from 'lit';
import {Dialog} from '../design/dialog';
import {fieldError} from '../design/field';
import {focusNow} from '../design/focus';
import {formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {secretPane} from '../design/secret-pane';
import {Submission} from '../design/submission';
import {createWebhook, type IssuedWebhook, TYPES, updateWebhook, type Webhook, type WebhookSettings} from './webhooks';

/** Makes a webhook, and shows its secret; or edits one. */
class WebhookDialog extends Dialog {
  static override properties = {webhook: {attribute: false}, issued: {state: true}, chosen: {state: true}};

  /** The one to be edited; null for a new one. */
  declare webhook: Webhook | null;
  declare issued: IssuedWebhook | null;
  declare chosen: string[];
  private url = '';
  private description = '';

  private readonly sending = new Submission(this, () => this.send());

  constructor() {
    super();
    this.webhook = null;
    this.issued = null;
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

  private async send() {
    const settings: WebhookSettings = {url: this.url.trim(), types: this.chosen, description: this.description.trim() || null};
    if (this.webhook) {
      this.close(await updateWebhook(this.webhook.id, settings));
      return;
    }
    this.issued = await createWebhook(settings);
    await focusNow(this, 'tk-copy-button button');
  }

  protected content() {
    return this.issued ? this.secret(this.issued) : this.form();
  }

  private secret(issued: IssuedWebhook) {
    return secretPane({
      secret: issued.secret,
      what: 'the secret',
      heading: 'Copy the signing secret now: it is shown this once.',
      text: 'Your receiver checks each message’s signature with it, after the Standard Webhooks specification.',
      kept: () => this.close(issued),
    });
  }

  private form() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('url', 'types', 'description');
    const wrong = problem?.of('types');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'webhook-url', label: 'URL', error: problem?.of('url'), hint: 'Where messages are sent by POST. No private addresses, unless the operator allows them.'}, this.url, text => (this.url = text), {mostCharacters: 2048})}
        <fieldset class="group" aria-describedby=${wrong ? 'webhook-types-error' : nothing}><legend>Tell it of</legend><div class="choices">${TYPES.map(([type, name]) => html`<label class="choice">
          <input type="checkbox" .checked=${this.chosen.includes(type)} @change=${() => this.tick(type)}><span>${name}<span class="hint mono">${type}</span></span></label>`)}</div>
          ${fieldError('webhook-types', wrong)}</fieldset>
        ${line({id: 'webhook-description', label: 'Description', optional: true, error: problem?.of('description')}, this.description, text => (this.description = text), {mostCharacters: 500})}</div>
      ${formFoot(this.webhook ? 'Save' : 'Create', busy, () => this.close())}</form>`;
  }

  private tick(type: string) {
    this.chosen = this.chosen.includes(type) ? this.chosen.filter(other => other !== type) : [...this.chosen, type];
  }
}

customElements.define('tk-webhook-dialog', WebhookDialog);
