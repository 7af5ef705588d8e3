import {html} from 'lit';
import type {KeyStatus} from './key';

const LOOKS: Record<KeyStatus, [string, string]> = {
  active: ['good', 'Active'],
  disabled: ['', 'Disabled'],
  expired: ['warn', 'Expired'],
  revoked: ['bad', 'Revoked'],
};

/** Whether a key works, at a glance: by its word, not by colour alone. */
export function statusBadge(status: KeyStatus) {
  const [look, word] = LOOKS[status];
  return html`<span class="badge dot ${look}">${word}</span>`;
}
