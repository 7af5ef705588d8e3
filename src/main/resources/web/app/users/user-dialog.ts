import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {Dialog} from '../design/dialog';
import {choice, type Choice, formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {teamChoices} from '../teams/teams';
import {createUser, type TeamRole, updateUser, type User} from './users';

const ROLES: readonly Choice<TeamRole>[] = [['member', 'Member of a team'], ['admin', 'Admin of a team']];

/** Makes an account, or changes one. */
class UserDialog extends Dialog {
  static override properties = {user: {attribute: false}, role: {state: true}};

  /** The one to be changed; null for a new one. */
  declare user: User | null;
  declare role: TeamRole;
  private email = '';
  private name = '';
  private password = '';
  private teamId = '';
  private readonly teams = new Fetched<Choice[]>(this, teamChoices);
  private readonly sending = new Submission(this, async () => this.close(await (this.user ? this.change(this.user) : this.create())));

  constructor() {
    super();
    this.user = null;
    this.role = 'member';
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.user) {
      this.email = this.user.email;
      this.name = this.user.name;
    }
  }

  protected heading() {
    return this.user ? 'Edit the user' : 'Create a user';
  }

  private create() {
    return createUser({email: this.email.trim(), name: this.name.trim(), password: this.password, role: this.role, team_id: this.teamId});
  }

  private change(user: User) {
    return updateUser(user.id, {email: this.email.trim(), name: this.name.trim(), ...(this.password ? {password: this.password} : {})});
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('email', 'name', 'password', 'role', 'team_id');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'user-email', label: 'Email', error: problem?.of('email')}, this.email, text => (this.email = text), {type: 'email'})}
        ${line({id: 'user-name', label: 'Name', error: problem?.of('name')}, this.name, text => (this.name = text))}
        ${line({id: 'user-password', label: this.user ? 'New password' : 'First password', optional: this.user !== null, error: problem?.of('password'), hint: 'At least 8 characters. It is not sent to them.'},
          this.password, text => (this.password = text), {type: 'password', autocomplete: 'new-password'})}
        ${this.user ? nothing : this.place(problem?.of('role'), problem?.of('team_id'))}</div>
      ${formFoot(this.user ? 'Save' : 'Create', busy, () => this.close())}</form>`;
  }

  private place(wrongRole: string | undefined, wrongTeam: string | undefined) {
    return html`${choice({id: 'user-role', label: 'Role', error: wrongRole}, this.role, ROLES, role => (this.role = role))}
      ${choice({id: 'user-team', label: 'Team', error: wrongTeam}, this.teamId, [['', 'Choose a team'], ...(this.teams.value ?? [])], id => (this.teamId = id))}`;
  }
}

customElements.define('tk-user-dialog', UserDialog);
