import {html, nothing} from 'lit';
import {Once} from '../api/once';
import {Dialog} from '../design/dialog';
import {focusNow} from '../design/focus';
import {choice, type Choice, formFoot} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {rotateKey} from './calls';
import type {IssuedKey, Key} from './key';
import {keysSecret} from './keys-secret';

/** In seconds. */
const OVERLAPS: Choice[] = [['0', 'At once'], ['3600', 'In an hour'], ['86400', 'In a day'], ['604800', 'In a week'], ['2592000', 'In 30 days']];

/** Gives a key a new secret, and shows it. */
class RotateKeyDialog extends Dialog {
  static override properties = {key: {attribute: false}, issued: {state: true}};

  declare key: Key;
  declare issued: IssuedKey | null;
  private overlap = '86400';
  private readonly once = new Once();
  private readonly sending = new Submission(this, () => this.rotate());

  constructor() {
    super();
    this.issued = null;
  }

  protected heading() {
    return this.issued ? 'The new secret is ready' : `Rotate ${this.key.name}`;
  }

  protected override mayClose() {
    return !this.issued;
  }

  private async rotate() {
    this.issued = await rotateKey(this.key.id, Number(this.overlap), this.once.keyFor(this.overlap));
    await focusNow(this, 'tk-copy-button button');
  }

  protected content() {
    const {busy, problem} = this.sending;
    return this.issued ? keysSecret(this.issued.api_key, () => this.close(this.issued))
      : html`<form novalidate @submit=${this.sending.submit}><div class="dialog-body">
          ${problem ? notice('bad', problem.message) : nothing}
          <p>The key gets a new secret. Its id, settings, budgets and usage stay.</p>
          ${choice({id: 'overlap', label: 'The old secret stops', hint: 'Until then both work, so that programs can change over one by one. One from before the last rotation stops in any case.'},
            this.overlap, OVERLAPS, seconds => (this.overlap = seconds))}</div>
          ${formFoot(busy ? 'Rotating…' : 'Rotate', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-rotate-key-dialog', RotateKeyDialog);
