import {html, nothing} from 'lit';
import {Paged} from '../api/paged';
import {ApiProblem} from '../api/problem';
import {afterDialog} from '../design/after-dialog';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {icon} from '../design/icons';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
import {ago} from '../design/time';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {current, isAdmin} from '../session/session';
import './add-dialog';
import {type Member, members, removeMember, type Role, setRole} from './members';

type Open = 'add' | Question | null;

/** Who is in the team, and what they may do. */
class MembersPage extends View {
  static override properties = {open: {state: true}};

  declare open: Open;
  private readonly list = new Paged<Member>(this, cursor => members(cursor));

  constructor() {
    super();
    this.open = null;
  }

  private async change(member: Member, select: HTMLSelectElement) {
    try {
      await setRole(member.user_id, select.value as Role);
      toast(`${member.name} is ${select.value === 'admin' ? 'an admin' : 'a member'} now`);
      await this.list.reload();
    } catch (failure) {
      select.value = member.role;
      toast(ApiProblem.of(failure).message);
    }
  }

  private askToRemove(member: Member) {
    this.open = {
      heading: `Remove ${member.name}?`,
      text: 'They lose the team at once. Keys that they made stay, and go on working.',
      verb: 'Remove',
      act: () => removeMember(member.user_id),
    };
  }

  private async closed(said: string, event: CustomEvent<unknown>) {
    this.open = null;
    await afterDialog(this, event, said, () => this.list.reload());
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Members</h1><p class="under">Who is in the team, and what they may do.</p></div>
        ${isAdmin() && current().teamId ? html`<button class="button primary" @click=${() => (this.open = 'add')}>${icon('plus')}Add somebody</button>` : nothing}</div>
      <section class="card" aria-label="Members" aria-busy=${this.list.busy}>${this.shown()}</section>
      ${this.dialog()}
    </div>`;
  }

  private shown() {
    if (!current().teamId) {
      return empty('info', 'You are in no team', 'An operator can put you into one.');
    }
    return shownList(this.list, 'the members', () => this.table([]), items => this.table(items));
  }

  private table(all: Member[]) {
    return html`<div class="table-frame" tabindex="0" role="region" aria-label="Members of the team"><table class="table">
        <thead><tr><th scope="col">Who</th><th scope="col">Role</th><th scope="col" class="wide-only">Since</th>${isAdmin() ? html`<th scope="col"><span class="visually-hidden">Actions</span></th>` : nothing}</tr></thead>
        <tbody>${all.map(member => this.row(member))}</tbody></table></div>
      ${showMore(this.list)}`;
  }

  private row(member: Member) {
    return html`<tr><td><strong class="wrap-anywhere">${member.name}</strong>${member.user_id === current().userId ? html` <span class="badge">You</span>` : nothing}
        ${member.email === member.name ? nothing : html`<span class="small muted block wrap-anywhere">${member.email}</span>`}</td>
      <td>${isAdmin() ? this.roles(member) : html`<span class="badge">${member.role}</span>`}</td>
      <td class="wide-only nowrap">${ago(new Date(member.created_at))}</td>
      ${isAdmin() ? html`<td class="number"><button class="button compact warns" aria-label="Remove ${member.name}" @click=${() => this.askToRemove(member)}>Remove</button></td>` : nothing}</tr>`;
  }

  private roles(member: Member) {
    return html`<select class="input short" aria-label="Role of ${member.name}" @change=${(event: Event) => this.change(member, event.target as HTMLSelectElement)}>
      ${(['admin', 'member'] as const).map(role => html`<option value=${role} ?selected=${member.role === role}>${role}</option>`)}</select>`;
  }

  private dialog() {
    if (this.open === 'add') {
      return html`<tk-add-member-dialog @closed=${(event: CustomEvent) => this.closed('Added', event)}></tk-add-member-dialog>`;
    }
    return this.open ? html`<tk-confirm-dialog .question=${this.open} @closed=${(event: CustomEvent) => this.closed('Removed', event)}></tk-confirm-dialog>` : nothing;
  }
}

customElements.define('tk-members-page', MembersPage);
