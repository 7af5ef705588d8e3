import {html} from 'lit';
import {Dialog} from '../design/dialog';
import {formFoot} from '../design/inputs';
import {Submission} from '../design/submission';
import {updateKey} from './calls';
import {changes, type Draft, draftOf} from './draft';
import type {Key} from './key';
import './key-form';

/** Edits a key; its secret stays. */
class EditKeyDialog extends Dialog {
  static override properties = {key: {attribute: false}};

  declare key: Key;
  private draft: Draft | undefined;
  private readonly sending = new Submission(this, async () => this.close(await updateKey(this.key.id, changes(draftOf(this.key), this.edited()))));

  protected heading() {
    return 'Edit key';
  }

  private edited(): Draft {
    return (this.draft ??= draftOf(this.key));
  }

  protected content() {
    return html`<form novalidate @submit=${this.sending.submit}>
      <div class="dialog-body"><tk-key-form .draft=${this.edited()} .problem=${this.sending.problem}></tk-key-form></div>
      ${formFoot(this.sending.busy ? 'Saving…' : 'Save', this.sending.busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-edit-key-dialog', EditKeyDialog);
