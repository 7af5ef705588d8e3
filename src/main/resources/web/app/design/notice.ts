import {html, type TemplateResult} from 'lit';
import {icon} from './icons';

/** Something to be read before going on. */
export function notice(kind: 'info' | 'warn' | 'bad', text: string | TemplateResult) {
  return html`<div class="notice ${kind}" role=${kind === 'bad' ? 'alert' : 'note'}>${icon(kind === 'info' ? 'info' : 'warning')}<div>${text}</div></div>`;
}
