import {html} from 'lit';
import {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {focusFirstError} from '../design/focus';
import {updateKey} from './calls';
import {changes, type Draft, draftOf} from './draft';
import type {Key} from './key';
import './key-form';

/** Edits a key; its secret stays. */
class EditKeyDialog extends Dialog {
  static override properties = {key: {attribute: false}, problem: {state: true}, busy: {state: true}};

  declare key: Key;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  private draft: Draft | undefined;

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
  }

  protected heading() {
    return 'Edit key';
  }

  private edited(): Draft {
    return (this.draft ??= draftOf(this.key));
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      this.close(await updateKey(this.key.id, changes(draftOf(this.key), this.edited())));
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
      await focusFirstError(event.target as HTMLFormElement);
    } finally {
      this.busy = false;
    }
  }

  protected content() {
    return html`<form novalidate @submit=${this.submit}>
      <div class="dialog-body"><tk-key-form .draft=${this.edited()} .problem=${this.problem}></tk-key-form></div>
      <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
        <button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Saving…' : 'Save'}</button></div></form>`;
  }
}

customElements.define('tk-edit-key-dialog', EditKeyDialog);
