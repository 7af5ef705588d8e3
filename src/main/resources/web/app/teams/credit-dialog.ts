import {html, nothing} from 'lit';
import {Once} from '../api/once';
import {Dialog} from '../design/dialog';
import {formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {giveCredit, type Team} from './teams';

/** Gives a team credit. */
class CreditDialog extends Dialog {
  static override properties = {team: {attribute: false}};

  declare team: Team;
  private amount = '';
  private reason = '';
  private expires = '';
  private readonly once = new Once();
  private readonly sending = new Submission(this, async () => {
    const credit = {amount: this.amount.trim(), reason: this.reason.trim() || null, expires_at: this.expires ? new Date(this.expires).toISOString() : null};
    await giveCredit(this.team.id, credit, this.once.keyFor(credit));
    this.close(true);
  });

  protected heading() {
    return `Give ${this.team.name} credit`;
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('amount', 'reason', 'expires_at');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'credit-amount', label: `Amount in ${this.team.currency}`, error: problem?.of('amount')}, this.amount, text => (this.amount = text), {mode: 'decimal'})}
        ${line({id: 'credit-reason', label: 'Reason', optional: true, error: problem?.of('reason'), hint: 'Such as a payment’s number. It stands in the audit log.'},
          this.reason, text => (this.reason = text), {mostCharacters: 500})}
        ${line({id: 'credit-expires', label: 'Expires', optional: true, error: problem?.of('expires_at'), hint: 'What is left of it then is gone.'},
          this.expires, text => (this.expires = text), {type: 'datetime-local'})}</div>
      ${formFoot(busy ? 'Giving…' : 'Give credit', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-credit-dialog', CreditDialog);
