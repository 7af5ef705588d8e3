import {html, nothing} from 'lit';
import {ApiProblem} from '../api/problem';
import {describedBy, field, type FieldTexts} from '../design/field';
import {focusFirstError, focusNow} from '../design/focus';
import {icon} from '../design/icons';
import {notice} from '../design/notice';
import {empty} from '../design/states';
import {moment} from '../design/time';
import {View} from '../design/view';
import {type Step, steps} from './steps';
import {type Question, type Verdict, verdictOn} from './verdict';

const SIGNS = {passed: 'check', failed: 'close', skipped: 'minus'} as const;
const SAID = {passed: 'Passed', failed: 'Failed', skipped: 'Not looked at'};

/** What became of a question. */
interface Answer {
  verdict: Verdict;
  steps: Step[];
}

/** Tells why a key is refused, and what to do about it. */
class CheckPage extends View {
  static override properties = {answer: {state: true}, problem: {state: true}, busy: {state: true}};

  declare answer: Answer | null;
  declare problem: ApiProblem | null;
  declare busy: boolean;
  private readonly question: Question = {key: '', ip: '', scopes: []};

  constructor() {
    super();
    this.answer = null;
    this.problem = null;
    this.busy = false;
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      const verdict = await verdictOn(this.question);
      this.answer = {verdict, steps: steps(this.question.key, verdict)};
      this.problem = null;
      await focusNow(this, '#verdict');
    } catch (failure) {
      this.answer = null;
      this.problem = ApiProblem.of(failure);
      await focusFirstError(event.target as HTMLFormElement);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Check a key</h1>
        <p class="under">Why is a request refused? Paste its key and the address it comes from. Nothing is used up, and the key is not kept.</p></div></div>
      <div class="columns">
        <section class="card" aria-label="Question">${this.form()}</section>
        <section class="card" aria-label="Answer">${this.answer ? this.told(this.answer) : empty('search', 'Nothing checked yet', 'Each check is listed here in the order in which it is made.')}</section>
      </div>
    </div>`;
  }

  private form() {
    return html`<form novalidate class="inside form" @submit=${this.submit}>
      ${this.besides()}
      ${this.input({id: 'check-key', label: 'Key', error: this.problem?.of('key'), hint: 'As the client sends it: tk_… or tkm_…'}, this.question.key,
        text => (this.question.key = text))}
      ${this.input({id: 'check-ip', label: 'Address', optional: true, error: this.problem?.of('ip'), hint: 'Where the request comes from, such as 203.0.113.7. A key with address rules is refused without one.'},
        this.question.ip, text => (this.question.ip = text))}
      ${this.input({id: 'check-scopes', label: 'Scopes', optional: true, error: this.problem?.of('scopes'), hint: 'What the request needs, with spaces between them.'},
        this.question.scopes.join(' '), text => (this.question.scopes = text.split(/[\s,]+/).filter(Boolean)))}
      <div class="actions"><button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Checking…' : 'Check'}</button></div>
    </form>`;
  }

  private besides() {
    const said = this.problem?.besides('key', 'ip', 'scopes');
    return said ? notice('bad', said) : nothing;
  }

  private input(texts: FieldTexts, value: string, typed: (text: string) => void) {
    return field(texts, html`<input class="input mono" id=${texts.id} autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="1000"
      .value=${value} aria-invalid=${texts.error ? 'true' : 'false'} aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => typed((event.target as HTMLInputElement).value.trim())}>`);
  }

  private told({verdict, steps: made}: Answer) {
    return html`<header><h2 id="verdict" tabindex="-1">${verdict.valid ? 'It is let in' : 'It is refused'}</h2>
        <span class="badge dot ${verdict.valid ? 'good' : 'bad'}">${verdict.code}</span></header>
      <div class="inside form"><ol class="checks">${made.map(step => html`<li class=${step.state}>${icon(SIGNS[step.state])}
        <div><span class="visually-hidden">${SAID[step.state]}: </span>${step.name}${step.advice ? html`<p class="small">${step.advice}</p>` : nothing}</div></li>`)}</ol>
        ${verdict.key_id ? this.facts(verdict) : nothing}</div>`;
  }

  private facts(verdict: Verdict) {
    return html`<dl class="facts">
      <dt>Key</dt><dd><a href="/keys/${verdict.key_id}">${verdict.name}</a></dd>
      <dt>Expires</dt><dd>${moment(verdict.expires_at ? new Date(verdict.expires_at) : null)}</dd>
      ${verdict.rate_limit ? html`<dt>Rate limit</dt><dd>${verdict.rate_limit.remaining} of ${verdict.rate_limit.limit} left for ${verdict.rate_limit.reset_seconds} s</dd>` : nothing}
      ${verdict.remaining_uses === null ? nothing : html`<dt>Remaining uses</dt><dd>${verdict.remaining_uses.toLocaleString('en')}</dd>`}
    </dl>`;
  }
}

customElements.define('tk-check-page', CheckPage);
