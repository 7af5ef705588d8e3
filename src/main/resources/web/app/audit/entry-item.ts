import {html, nothing} from 'lit';
import {ago} from '../design/time';
import type {Entry} from './entries';

/** What was done, by whom, from where, and what changed by it; and to what, where that is not plain from the place. */
export function entryItem(entry: Entry, {withTarget = false} = {}) {
  const from = entry.ip ? ` from ${entry.ip}` : '';
  return html`<li><div><div><strong>${withTarget ? `${subject(entry.action)} ` : ''}${words(entry.action, !withTarget)}</strong> <span class="muted small">${ago(new Date(entry.at))}</span></div>
    <div class="small muted wrap-anywhere">${entry.actor.name ?? 'somebody'}${from}</div>
    ${withTarget ? html`<div class="small muted wrap-anywhere"><code>${entry.target.id}</code></div>` : nothing}${changes(entry.changes)}</div></li>`;
}

/** Of `key.rotated`, the key. */
function subject(action: string): string {
  return capital(action.slice(0, action.indexOf('.')).replaceAll('_', ' '));
}

/** `key.rotated` as a person would say it. */
function words(action: string, alone: boolean): string {
  const done = action.slice(action.indexOf('.') + 1).replaceAll('_', ' ');
  return alone ? capital(done) : done;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
