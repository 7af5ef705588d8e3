import {html, nothing} from 'lit';
import type {Paged} from '../api/paged';

/** Fetches the next page of a list, for as long as there is one. */
export function showMore(list: Paged<unknown>, within = 'inside') {
  return list.next ? html`<div class="${within} actions"><button class="button" aria-disabled=${list.busy}
    @click=${() => list.more()}>${list.busy ? 'Loading…' : 'Show more'}</button></div>` : nothing;
}
