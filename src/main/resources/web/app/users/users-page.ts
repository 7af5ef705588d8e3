import {html, nothing} from 'lit';
import {Paged} from '../api/paged';
import {ApiProblem} from '../api/problem';
import {afterDialog} from '../design/after-dialog';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {icon} from '../design/icons';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {ago} from '../design/time';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {current} from '../session/session';
import './user-dialog';
import {deleteUser, updateUser, type User, users} from './users';

type Open = 'create' | User | Question | null;

/** Everybody with an account. */
class UsersPage extends View {
  static override properties = {open: {state: true}};

  declare open: Open;
  private readonly list = new Paged<User>(this, users);

  constructor() {
    super();
    this.open = null;
  }

  private async toggle({id, name, status}: User) {
    try {
      await updateUser(id, {status: status === 'active' ? 'disabled' : 'active'});
      toast(status === 'active' ? `${name} can sign in no more` : `${name} can sign in again`);
      await this.list.reload();
    } catch (failure) {
      toast(ApiProblem.of(failure).message);
    }
  }

  private askToDelete({id, name, email}: User) {
    this.open = {
      heading: `Delete ${name}?`,
      text: 'The account is gone, for good. Keys that they made stay, and go on working.',
      verb: 'Delete user',
      typed: email,
      act: () => deleteUser(id),
    };
  }

  private async closed(said: string, event: CustomEvent<unknown>) {
    this.open = null;
    await afterDialog(this, event, said, () => this.list.reload());
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Users</h1><p class="under">Everybody with an account on this installation.</p></div>
        <button class="button primary" @click=${() => (this.open = 'create')}>${icon('plus')}Create user</button></div>
      <section class="card" aria-label="Users" aria-busy=${this.list.busy}>${this.shown()}</section>
      ${this.dialog()}
    </div>`;
  }

  private shown() {
    return shownList(this.list, 'the users', () => this.table([]), items => this.table(items));
  }

  private table(all: User[]) {
    return html`<div class="table-frame" tabindex="0" role="region" aria-label="All users"><table class="table">
        <thead><tr><th scope="col">Who</th><th scope="col" class="wide-only">Role</th><th scope="col" class="wide-only">Status</th><th scope="col" class="wide-only">Since</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
        <tbody>${all.map(user => this.row(user))}</tbody></table></div>${showMore(this.list)}`;
  }

  private row(user: User) {
    const {id, name, email, created_at: since} = user;
    return html`<tr><td><strong class="wrap-anywhere">${name}</strong>${id === current().userId ? html` <span class="badge">You</span>` : nothing}
        ${email === name ? nothing : html`<span class="small muted block wrap-anywhere">${email}</span>`}
        <span class="narrow-only">${role(user)} ${status(user)}</span></td>
      <td class="wide-only">${role(user)}</td><td class="wide-only">${status(user)}</td>
      <td class="wide-only nowrap">${ago(new Date(since))}</td><td class="number">${this.actions(user)}</td></tr>`;
  }

  private actions(user: User) {
    const {id, email} = user;
    const verb = user.status === 'active' ? 'Disable' : 'Enable';
    return html`<div class="actions end"><button class="button compact" aria-label="Edit ${email}" @click=${() => (this.open = user)}>Edit</button>
      ${id === current().userId ? nothing : html`<button class="button compact" aria-label="${verb} ${email}" @click=${() => this.toggle(user)}>${verb}</button>
        <button class="button compact warns" aria-label="Delete ${email}" @click=${() => this.askToDelete(user)}>Delete</button>`}</div>`;
  }

  private dialog() {
    if (this.open === null) {
      return nothing;
    }
    if (this.open === 'create' || 'id' in this.open) {
      const user = this.open === 'create' ? null : this.open;
      return html`<tk-user-dialog .user=${user} @closed=${(event: CustomEvent) => this.closed(user ? 'Saved' : 'The account is there', event)}></tk-user-dialog>`;
    }
    return html`<tk-confirm-dialog .question=${this.open} @closed=${(event: CustomEvent) => this.closed('Deleted', event)}></tk-confirm-dialog>`;
  }
}

function role({role: word}: User) {
  return word ? html`<span class="badge">${word}</span>` : html`<span class="muted">In no team</span>`;
}

function status({status: word}: User) {
  return word === 'active' ? html`<span class="badge dot good">Active</span>` : html`<span class="badge dot">Disabled</span>`;
}

customElements.define('tk-users-page', UsersPage);
