import {html, nothing, type TemplateResult} from 'lit';
import {ApiProblem} from '../api/problem';
import {Fetched} from '../api/fetched';
import '../audit/history';
import '../design/confirm-dialog';
import type {Question} from '../design/confirm-dialog';
import {keepFocus} from '../design/focus';
import {icon} from '../design/icons';
import {failed, loading} from '../design/states';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {isAdmin} from '../session/session';
import {navigate} from '../shell/router';
import {deleteKey, getKey, revokeKey, updateKey} from './calls';
import './edit-dialog';
import {keyFacts, restrictions} from './facts';
import {type Key, shown} from './key';
import './key-usage';
import {type Overlap, overlapOf} from './overlap';
import './overlap-notice';
import './rotate-dialog';
import {statusBadge} from './status-badge';

type Open = 'edit' | 'rotate' | Question | null;

/** One key: what it may do, what was done to it, and what can be done. */
class KeyPage extends View {
  static override properties = {keyId: {}, open: {state: true}, busy: {state: true}};

  declare keyId: string;
  declare open: Open;
  declare busy: boolean;
  private readonly key = new Fetched<Key>(this, () => getKey(this.keyId));
  private readonly overlap = new Fetched<Overlap>(this, () => overlapOf(this.keyId));

  constructor() {
    super();
    this.open = null;
    this.busy = false;
  }

  /** Takes over what came of a dialog; nothing where it was left. */
  private async closed(said: string, event: CustomEvent<unknown>) {
    this.open = null;
    if (event.detail) {
      toast(said);
      await this.refresh();
      keepFocus();
    }
  }

  private async refresh() {
    this.querySelector<HTMLElement & {refresh: () => void}>('tk-history')?.refresh();
    await Promise.all([this.key.restart(), this.overlap.restart()]);
    await this.updateComplete;
  }

  private async enable(key: Key, enabled: boolean) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      this.key.replace(await updateKey(key.id, {enabled}));
      toast(enabled ? 'The key works again' : 'The key is disabled');
      await this.refresh();
    } catch (failure) {
      toast(ApiProblem.of(failure).message);
    } finally {
      this.busy = false;
    }
  }

  private askToRevoke(key: Key) {
    this.open = {
      heading: `Revoke ${key.name}?`,
      text: 'It stops at once, for good: a revoked key never works again. It stays in the list, with its history.',
      verb: 'Revoke key',
      act: () => revokeKey(key.id),
    };
  }

  private askToDelete(key: Key) {
    this.open = {
      heading: 'Delete this key?',
      text: 'It stops at once, for good, and goes from the list together with its budgets. Its usage stays on the bills.',
      verb: 'Delete key',
      typed: key.name,
      act: async () => {
        await deleteKey(key.id);
        navigate('/keys');
        toast(`${key.name} is deleted`);
        return false;
      },
    };
  }

  protected override render() {
    const {value: key, problem} = this.key;
    if (problem && !key) {
      return html`<div class="page">${this.crumbs()}<h1 class="visually-hidden">API key</h1><section class="card">${failed(problem, () => void this.key.restart())}</section></div>`;
    }
    return html`<div class="page">${this.crumbs()}${key && this.isOverlapKnown() ? this.page(key) : html`<section class="card">${loading('the key')}</section>`}</div>`;
  }

  /** The page waits for it, so that nothing moves when it is known. */
  private isOverlapKnown() {
    return this.overlap.value !== null || this.overlap.problem !== null;
  }

  private crumbs() {
    return html`<nav class="crumbs" aria-label="Back"><a href="/keys">${icon('back')}API keys</a></nav>`;
  }

  private page(key: Key) {
    return html`<div class="page-head"><div><h1>${key.name}</h1>
        <div class="tags">${statusBadge(key.status)}${key.is_management_key ? html`<span class="badge accent">Management</span>` : nothing}
          <span class="mono muted small">${shown(key)}</span></div></div>
        <div class="actions">${key.status === 'revoked' ? nothing : this.actions(key)}</div></div>
      <tk-overlap-notice .keyId=${key.id} .until=${this.overlap.value?.until ?? null} @ended=${() => this.refresh()}></tk-overlap-notice>
      <tk-key-usage .keyId=${key.id}></tk-key-usage>
      <div class="columns">
        <div class="stack">${card('Details', keyFacts(key))}${card('Restrictions', restrictions(key))}${this.danger(key)}</div>
        <section class="card" aria-labelledby="history-heading"><header><h2 id="history-heading">History</h2></header>${this.history(key)}</section>
      </div>
      ${this.dialog(key)}`;
  }

  private actions(key: Key) {
    return html`<button class="button" @click=${() => (this.open = 'edit')}>Edit</button>
      <button class="button" @click=${() => (this.open = 'rotate')}>Rotate</button>
      <button class="button" aria-disabled=${this.busy} @click=${() => this.enable(key, !key.enabled)}>${key.enabled ? 'Disable' : 'Enable'}</button>`;
  }

  private danger(key: Key) {
    return html`<section class="card" aria-labelledby="danger-heading"><header><h2 id="danger-heading">For good</h2></header>
      <div class="inside form"><p class="muted">${key.status === 'revoked'
        ? 'This key was revoked, and never works again. Deleting takes it out of the list as well.'
        : 'Neither can be undone. To stop the key for a while, disable it.'}</p>
      <div class="actions">${key.status === 'revoked' ? nothing
        : html`<button class="button warns" @click=${() => this.askToRevoke(key)}>Revoke…</button>`}
        <button class="button warns" @click=${() => this.askToDelete(key)}>Delete…</button></div></div></section>`;
  }

  private history(key: Key) {
    return isAdmin()
      ? html`<tk-history .type=${'key'} .target=${key.id}></tk-history>`
      : html`<p class="inside muted">The audit log is for admins of the team.</p>`;
  }

  private dialog(key: Key) {
    if (this.open === 'edit') {
      return html`<tk-edit-key-dialog .key=${key} @closed=${(event: CustomEvent) => this.closed('Saved', event)}></tk-edit-key-dialog>`;
    }
    if (this.open === 'rotate') {
      return html`<tk-rotate-key-dialog .key=${key} @closed=${(event: CustomEvent) => this.closed('The key has a new secret', event)}></tk-rotate-key-dialog>`;
    }
    return this.open
      ? html`<tk-confirm-dialog .question=${this.open} @closed=${(event: CustomEvent) => this.closed('Done', event)}></tk-confirm-dialog>`
      : nothing;
  }
}

function card(title: string, content: TemplateResult) {
  const id = `${title.toLowerCase()}-heading`;
  return html`<section class="card" aria-labelledby=${id}><header><h2 id=${id}>${title}</h2></header><div class="inside">${content}</div></section>`;
}

customElements.define('tk-key-page', KeyPage);
