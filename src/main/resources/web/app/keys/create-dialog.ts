import {html} from 'lit';
import {Once} from '../api/once';
import {Dialog} from '../design/dialog';
import {focusNow} from '../design/focus';
import {formFoot} from '../design/inputs';
import {Submission} from '../design/submission';
import {createKey} from './calls';
import {emptyDraft, settings} from './draft';
import type {IssuedKey} from './key';
import './key-form';
import {keysSecret} from './keys-secret';
import {grantableScopes} from './scopes';

/** Makes a key, and shows its secret. */
class CreateKeyDialog extends Dialog {
  static override properties = {issued: {state: true}};

  declare issued: IssuedKey | null;
  private readonly draft = emptyDraft(grantableScopes().map(scope => scope.word));
  private readonly once = new Once();
  private readonly sending = new Submission(this, () => this.create());

  constructor() {
    super();
    this.issued = null;
  }

  protected heading() {
    return this.issued ? `${this.issued.name} is ready` : 'Create an API key';
  }

  protected override mayClose() {
    return !this.issued;
  }

  private async create() {
    const wanted = {...settings(this.draft), is_management_key: this.draft.management};
    this.issued = await createKey(wanted, this.once.keyFor({...this.draft}));
    await focusNow(this, 'tk-copy-button button');
  }

  protected content() {
    return this.issued ? keysSecret(this.issued.api_key, () => this.close(this.issued))
      : html`<form novalidate @submit=${this.sending.submit}>
          <div class="dialog-body"><tk-key-form fresh .draft=${this.draft} .problem=${this.sending.problem}></tk-key-form></div>
          ${formFoot(this.sending.busy ? 'Creating…' : 'Create key', this.sending.busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-create-key-dialog', CreateKeyDialog);
