import {html, nothing} from 'lit';
import {Dialog} from '../design/dialog';
import {formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {addMember, type NewMember, type Role} from './members';

const ROLES: [Role, string, string][] = [
  ['member', 'Member', 'Makes and sees keys of their own; reads settings, usage and bills.'],
  ['admin', 'Admin', 'Manages all of the team: every key, its people, settings and budgets.'],
];

/** Makes an account for somebody, and puts them into the team. */
class AddMemberDialog extends Dialog {
  static override properties = {role: {state: true}};

  declare role: Role;
  private readonly typed: Omit<NewMember, 'role'> = {email: '', name: '', password: ''};

  private readonly sending = new Submission(this, async () => {
    await addMember({...this.typed, role: this.role});
    this.close(true);
  });

  constructor() {
    super();
    this.role = 'member';
  }

  protected heading() {
    return 'Add somebody';
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('email', 'name', 'password');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'member-email', label: 'Email', error: problem?.of('email')}, this.typed.email, text => (this.typed.email = text), {type: 'email'})}
        ${line({id: 'member-name', label: 'Name', error: problem?.of('name')}, this.typed.name, text => (this.typed.name = text))}
        ${line({id: 'member-password', label: 'First password', error: problem?.of('password'), hint: 'At least 8 characters. Tell it to them; it is not sent.'},
          this.typed.password, text => (this.typed.password = text), {type: 'password', autocomplete: 'new-password'})}
        <fieldset class="group"><legend>Role</legend><div class="choices">${ROLES.map(([role, name, hint]) => html`<label class="choice boxed">
          <input type="radio" name="role" .checked=${this.role === role} @change=${() => (this.role = role)}>
          <span><strong>${name}</strong><span class="hint">${hint}</span></span></label>`)}</div></fieldset></div>
      ${formFoot(busy ? 'Adding…' : 'Add', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-add-member-dialog', AddMemberDialog);
