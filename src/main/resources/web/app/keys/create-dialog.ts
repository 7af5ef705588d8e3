import {html} from 'lit';
import {Once} from '../api/once';
import {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {focusFirstError, focusNow} from '../design/focus';
import {createKey} from './calls';
import {emptyDraft, settings} from './draft';
import type {IssuedKey} from './key';
import './key-form';
import {grantableScopes} from './scopes';
import {secretPanel} from './secret-panel';

/** Makes a key, and shows its secret. */
class CreateKeyDialog extends Dialog {
  static override properties = {issued: {state: true}, problem: {state: true}, busy: {state: true}};

  declare issued: IssuedKey | null;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  private readonly draft = emptyDraft(grantableScopes().map(scope => scope.word));
  private readonly once = new Once();

  constructor() {
    super();
    this.issued = null;
    this.problem = null;
    this.busy = false;
  }

  protected heading() {
    return this.issued ? `${this.issued.name} is ready` : 'Create an API key';
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
    try {
      const wanted = {...settings(this.draft), is_management_key: this.draft.management};
      this.issued = await createKey(wanted, this.once.keyFor({...this.draft}));
      await focusNow(this, 'tk-copy-button button');
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
      await focusFirstError(event.target as HTMLFormElement);
    } finally {
      this.busy = false;
    }
  }

  protected content() {
    return this.issued
      ? html`<div class="pane"><div class="dialog-body">${secretPanel(this.issued.api_key)}</div>
          <div class="dialog-foot"><button class="button primary" @click=${() => this.close(this.issued)}>I have kept it</button></div></div>`
      : html`<form novalidate @submit=${this.submit}>
          <div class="dialog-body"><tk-key-form fresh .draft=${this.draft} .problem=${this.problem}></tk-key-form></div>
          <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
            <button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Creating…' : 'Create key'}</button></div></form>`;
  }
}

customElements.define('tk-create-key-dialog', CreateKeyDialog);
