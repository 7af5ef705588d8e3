import {html, nothing, type TemplateResult} from 'lit';
import '../design/copy-button';
import {moment} from '../design/time';
import type {Key} from './key';
import {rateText} from './rate';

/** What a key is. */
export function keyFacts(key: Key) {
  const used = key.last_used_at ? new Date(key.last_used_at) : null;
  return html`<dl class="facts">
    ${fact('Id', html`<code>${key.id}</code>`)}
    ${fact('Kind', key.is_management_key ? 'Management key' : 'API key')}
    ${fact('Created', moment(new Date(key.created_at * 1000)))}
    ${fact('Last used', html`${moment(used)}${key.last_used_ip ? html` <span class="muted">from</span> <code>${key.last_used_ip}</code>` : nothing}`)}
    ${Object.keys(key.metadata).length > 0 ? fact('Metadata', html`<code>${JSON.stringify(key.metadata)}</code>`) : nothing}
  </dl>`;
}

/** What a key may do, from where, how often and until when. */
export function restrictions(key: Key) {
  return html`<dl class="facts">
    ${fact('Scopes', tags(key.scopes, 'None'))}
    ${fact('Expires', moment(key.expires_at ? new Date(key.expires_at) : null))}
    ${fact('Allowed addresses', tags(key.allowed_ips, 'From everywhere'))}
    ${fact('Rate limit', key.rate_limit ? rateText(key.rate_limit) : 'None')}
    ${fact('Remaining uses', key.remaining_uses === null ? 'Without limit' : key.remaining_uses.toLocaleString('en'))}
  </dl>`;
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

function tags(words: string[], none: string) {
  return words.length === 0 ? none : html`<span class="tags">${words.map(word => html`<span class="tag">${word}</span>`)}</span>`;
}
