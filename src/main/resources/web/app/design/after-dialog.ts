import type {LitElement} from 'lit';
import {keepFocus} from './focus';
import {toast} from './toast';

/** After a dialog has closed: where something came of it, says so, shows what has changed, and keeps the focus on the page. */
export async function afterDialog(page: LitElement, {detail}: CustomEvent<unknown>, said: string, renew: () => Promise<unknown>) {
  if (detail) {
    toast(said);
    await renew();
    await page.updateComplete;
    keepFocus();
  }
}
