import {html, nothing, type TemplateResult} from 'lit';
import {icon, type IconName} from './icons';
import {ApiProblem} from '../api/problem';

/** While something is fetched: as tall as what comes, so that nothing jumps. */
export function loading(what: string, lines = 6) {
  return html`<div class="bones" role="status"><p class="visually-hidden">Loading ${what}…</p>
    ${Array.from({length: lines}, () => html`<span></span>`)}</div>`;
}

/** Where there is nothing yet, and what to do about it. */
export function empty(picture: IconName, title: string, text: string, action: TemplateResult | typeof nothing = nothing) {
  return html`<div class="state"><span class="picture">${icon(picture)}</span><h2>${title}</h2><p>${text}</p>${action}</div>`;
}

/** Where something could not be fetched: for want of permission, or with a way to try again. */
export function failed(problem: ApiProblem, retry: () => void) {
  if (problem.status === 403) {
    return html`<div class="state" role="alert"><span class="picture">${icon('lock')}</span>
      <h2>Not open to you</h2><p>${problem.message}</p></div>`;
  }
  const missing = problem.status === 404;
  return html`<div class="state bad" role="alert"><span class="picture">${icon('warning')}</span>
    <h2>${missing ? 'Not found' : 'This could not be loaded'}</h2><p>${problem.message}</p>
    ${problem.requestId ? html`<p class="small">Request id: <code>${problem.requestId}</code></p>` : nothing}
    ${missing ? nothing : html`<button class="button" @click=${retry}>Try again</button>`}</div>`;
}
