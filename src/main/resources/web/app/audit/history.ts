import {html, nothing} from 'lit';
import {Paged} from '../api/paged';
import {empty, failed, loading} from '../design/states';
import {ago} from '../design/time';
import {View} from '../design/view';
import {type Entry, historyOf} from './entries';

/** What was done to one thing, by whom and from where. */
class History extends View {
  static override properties = {type: {}, target: {}};

  declare type: string;
  declare target: string;
  private readonly entries = new Paged<Entry>(this, cursor => historyOf(this.type, this.target, cursor));

  /** Fetches it anew, after something was done. */
  refresh() {
    void this.entries.restart();
  }

  protected override render() {
    const {items, problem} = this.entries;
    if (problem) {
      return failed(problem, () => this.refresh());
    }
    if (!items) {
      return loading('the history', 4);
    }
    return items.length === 0 ? empty('info', 'No history', 'Nothing was done here that is in the audit log.')
      : html`<div class="inside form"><ol class="timeline">${items.map(entry => this.entry(entry))}</ol>
        ${this.entries.next ? html`<div class="actions"><button class="button compact" aria-disabled=${this.entries.busy}
          @click=${() => this.entries.more()}>Show more</button></div>` : nothing}</div>`;
  }

  private entry(entry: Entry) {
    const from = entry.ip ? ` from ${entry.ip}` : '';
    return html`<li><div><div><strong>${words(entry.action)}</strong> <span class="muted small">${ago(new Date(entry.at))}</span></div>
      <div class="small muted wrap-anywhere">${entry.actor.name ?? 'somebody'}${from}</div>${changes(entry.changes)}</div></li>`;
  }
}

/** `key.rotated` as a person would say it. */
function words(action: string): string {
  const done = action.slice(action.indexOf('.') + 1).replaceAll('_', ' ');
  return done.charAt(0).toUpperCase() + done.slice(1);
}

function changes(all: Record<string, unknown>) {
  const edits = Object.entries(all).flatMap(([field, change]) => (isEdit(change) ? [{field, ...change}] : []));
  return edits.length === 0 ? nothing : html`<ul class="changes small">${edits.map(({field, from, to}) => html`
    <li class="edit"><span class="muted">${field.replaceAll('_', ' ')}:</span> ${value(from)} → ${value(to)}</li>`)}</ul>`;
}

function isEdit(change: unknown): change is {from: unknown; to: unknown} {
  return typeof change === 'object' && change !== null && 'from' in change && 'to' in change;
}

function value(of: unknown): string {
  if (of === null || of === undefined || (Array.isArray(of) && of.length === 0)) {
    return 'none';
  }
  return Array.isArray(of) ? of.join(', ') : typeof of === 'object' ? JSON.stringify(of) : String(of);
}

customElements.define('tk-history', History);
