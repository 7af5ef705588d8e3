import {html, nothing} from 'lit';
import {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {describedBy, field, type FieldTexts} from '../design/field';
import {focusFirstError} from '../design/focus';
import {notice} from '../design/notice';
import {addMember, type NewMember, type Role} from './members';

const ROLES: [Role, string, string][] = [
  ['member', 'Member', 'Makes and sees keys of their own; reads settings, usage and bills.'],
  ['admin', 'Admin', 'Manages all of the team: every key, its people, settings and budgets.'],
];

/** Makes an account for somebody, and puts them into the team. */
class AddMemberDialog extends Dialog {
  static override properties = {problem: {state: true}, busy: {state: true}, role: {state: true}};

  declare problem: ApiProblem | null;
  declare busy: boolean;
  declare role: Role;
  private readonly typed: Omit<NewMember, 'role'> = {email: '', name: '', password: ''};

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
    this.role = 'member';
  }

  protected heading() {
    return 'Add somebody';
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await addMember({...this.typed, role: this.role});
      this.close(true);
    } catch (failure) {
      this.problem = ApiProblem.of(failure);
      await focusFirstError(event.target as HTMLFormElement);
    } finally {
      this.busy = false;
    }
  }

  protected content() {
    const said = this.problem?.besides('email', 'name', 'password');
    return html`<form novalidate @submit=${this.submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${this.input('email', {id: 'member-email', label: 'Email', error: this.problem?.of('email')}, 'email')}
        ${this.input('name', {id: 'member-name', label: 'Name', error: this.problem?.of('name')})}
        ${this.input('password', {id: 'member-password', label: 'First password', error: this.problem?.of('password'), hint: 'At least 8 characters. Tell it to them; it is not sent.'}, 'password')}
        <fieldset class="group"><legend>Role</legend><div class="choices">${ROLES.map(([role, name, hint]) => html`<label class="choice boxed">
          <input type="radio" name="role" .checked=${this.role === role} @change=${() => (this.role = role)}>
          <span><strong>${name}</strong><span class="hint">${hint}</span></span></label>`)}</div></fieldset></div>
      <div class="dialog-foot"><button type="button" class="button" @click=${() => this.close()}>Cancel</button>
        <button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Adding…' : 'Add'}</button></div></form>`;
  }

  private input(name: keyof typeof this.typed, texts: FieldTexts, type = 'text') {
    return field(texts, html`<input class="input" id=${texts.id} type=${type} autocomplete=${type === 'password' ? 'new-password' : 'off'} .value=${this.typed[name]}
      aria-invalid=${texts.error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => (this.typed[name] = (event.target as HTMLInputElement).value)}>`);
  }
}

customElements.define('tk-add-member-dialog', AddMemberDialog);
