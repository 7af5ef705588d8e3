import {html, nothing} from 'lit';
import {Dialog} from '../design/dialog';
import {choice, type Choice, formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {type BillingMode, createTeam, type Team, updateTeam} from './teams';

const MODES: readonly Choice<BillingMode>[] = [['postpaid', 'Postpaid: by invoice'], ['prepaid', 'Prepaid: from credit']];

/** Makes a team, or changes one. */
class TeamDialog extends Dialog {
  static override properties = {team: {attribute: false}, mode: {state: true}};

  /** The one to be changed; null for a new one. */
  declare team: Team | null;
  declare mode: BillingMode;
  private name = '';
  private currency = 'EUR';
  private creditLimit = '';
  private readonly sending = new Submission(this, async () => {
    const settings = {name: this.name.trim(), currency: this.currency.trim().toUpperCase(), billing_mode: this.mode, credit_limit: this.limit()};
    this.close(await (this.team ? updateTeam(this.team.id, settings) : createTeam(settings)));
  });

  constructor() {
    super();
    this.team = null;
    this.mode = 'postpaid';
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.team) {
      this.name = this.team.name;
      this.currency = this.team.currency;
      this.mode = this.team.billing_mode;
      this.creditLimit = this.team.credit_limit ?? '';
    }
  }

  private limit(): string | null {
    return this.mode === 'postpaid' && this.creditLimit.trim() !== '' ? this.creditLimit.trim() : null;
  }

  protected heading() {
    return this.team ? 'Edit the team' : 'Create a team';
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('name', 'currency', 'billing_mode', 'credit_limit');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'team-name', label: 'Name', error: problem?.of('name')}, this.name, text => (this.name = text))}
        ${line({id: 'team-currency', label: 'Currency', error: problem?.of('currency'), hint: 'Three letters, such as EUR. It stays once the team has entries in its ledger.'},
          this.currency, text => (this.currency = text), {mostCharacters: 3})}
        ${choice({id: 'team-mode', label: 'Billing', error: problem?.of('billing_mode')}, this.mode, MODES, mode => (this.mode = mode))}
        ${this.mode === 'prepaid' ? nothing : line({id: 'team-limit', label: 'Credit limit', optional: true, error: problem?.of('credit_limit'),
          hint: 'How much the team may owe before its keys are refused; any amount where it is empty.'}, this.creditLimit, text => (this.creditLimit = text), {mode: 'decimal'})}</div>
      ${formFoot(this.team ? 'Save' : 'Create', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-team-dialog', TeamDialog);
