import {html, nothing} from 'lit';
import {ApiProblem} from '../api/problem';
import {Dialog} from './dialog';
import {formFoot, line} from './inputs';
import {notice} from './notice';
import {Submission} from './submission';

/** What somebody is asked before something that cannot be undone. */
export interface Question {
  heading: string;
  text: string;
  /** The word on the button that does it. */
  verb: string;
  /** What has to be typed, so that it is not the wrong thing; nothing where it is not as grave. */
  typed?: string;
  /** Does it; `false` where whoever asked has nothing more to do. */
  act: () => Promise<unknown>;
}

/** Asks, does it, and closes with what came of it. */
class ConfirmDialog extends Dialog {
  static override properties = {question: {attribute: false}};

  declare question: Question;
  private typed = '';
  private readonly sending = new Submission(this, () => this.act());

  protected heading() {
    return this.question.heading;
  }

  private async act() {
    if (this.question.typed !== undefined && this.typed !== this.question.typed) {
      throw new ApiProblem(0, 'not_confirmed', 'This is not the name.', [{field: 'typed', message: 'This is not the name.'}]);
    }
    this.close((await this.question.act()) ?? true);
  }

  protected content() {
    const {text, verb, typed} = this.question;
    const {busy, problem} = this.sending;
    const said = problem?.besides('typed');
    return html`<form novalidate @submit=${this.sending.submit}><div class="dialog-body">
        ${said ? notice('bad', said) : nothing}<p>${text}</p>
        ${typed === undefined ? nothing : line({id: 'confirm-typed', label: 'Type the name to confirm', hint: html`The name is <strong>${typed}</strong>`, error: problem?.of('typed')},
          this.typed, value => (this.typed = value))}</div>
      ${formFoot(verb, busy, () => this.close(), 'danger')}</form>`;
  }
}

customElements.define('tk-confirm-dialog', ConfirmDialog);
