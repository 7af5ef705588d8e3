import {html, nothing} from 'lit';
import {focusNow} from '../design/focus';
import {icon} from '../design/icons';
import {line} from '../design/inputs';
import {notice} from '../design/notice';
import {empty} from '../design/states';
import {Submission} from '../design/submission';
import {moment} from '../design/time';
import {View} from '../design/view';
import {type Step, steps} from './steps';
import {type Question, type Verdict, verdictOn} from './verdict';

const SIGNS = {passed: 'check', failed: 'close', skipped: 'minus'} as const;
const LINE = {mono: true, mostCharacters: 1000};
const SAID = {passed: 'Passed', failed: 'Failed', skipped: 'Not looked at'};

/** What became of a question. */
interface Answer {
  verdict: Verdict;
  steps: Step[];
}

/** Tells why a key is refused, and what to do about it. */
class CheckPage extends View {
  static override properties = {answer: {state: true}};

  declare answer: Answer | null;
  private readonly question: Question = {key: '', ip: '', scopes: []};

  private readonly sending = new Submission(this, () => this.check());

  constructor() {
    super();
    this.answer = null;
  }

  private async check() {
    this.answer = null;
    const verdict = await verdictOn(this.question);
    this.answer = {verdict, steps: steps(this.question.key, verdict)};
    await focusNow(this, '#verdict');
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
    const {busy, problem, submit} = this.sending;
    const said = problem?.besides('key', 'ip', 'scopes');
    return html`<form novalidate class="inside form" @submit=${submit}>${said ? notice('bad', said) : nothing}
      ${line({id: 'check-key', label: 'Key', error: problem?.of('key'), hint: 'As the client sends it: tk_… or tkm_…'}, this.question.key,
        text => (this.question.key = text.trim()), LINE)}
      ${line({id: 'check-ip', label: 'Address', optional: true, error: problem?.of('ip'), hint: 'Where the request comes from, such as 203.0.113.7. A key with address rules is refused without one.'},
        this.question.ip, text => (this.question.ip = text.trim()), LINE)}
      ${line({id: 'check-scopes', label: 'Scopes', optional: true, error: problem?.of('scopes'), hint: 'What the request needs, with spaces between them.'},
        this.question.scopes.join(' '), text => (this.question.scopes = text.split(/[\s,]+/).filter(Boolean)), LINE)}
      <div class="actions"><button class="button primary" aria-disabled=${busy}>${busy ? 'Checking…' : 'Check'}</button></div>
    </form>`;
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
