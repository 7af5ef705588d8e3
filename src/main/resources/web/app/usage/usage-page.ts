import {html} from 'lit';
import {Fetched} from '../api/fetched';
import {download} from '../design/download';
import {icon} from '../design/icons';
import type {Choice} from '../design/inputs';
import {shown} from '../design/shown';
import {empty} from '../design/states';
import {View} from '../design/view';
import '../plot/stacked-bars';
import {current} from '../session/session';
import {noteInAddress} from '../shell/router';
import {bars, type Measure} from './bars';
import {figures, requestsOf} from './figures';
import './invoice-preview';
import {parametersOf, type Question, questionOf} from './question';
import {type Report, report, reportFile} from './report';
import './usage-form';
import './usage-table';
import {bucketNames, range} from './words';

const MEASURES: readonly Choice<Measure>[] = [['cost', 'Cost'], ['requests', 'Requests'], ['quantity', 'Quantity']];

/** What was used in some time, what it cost, and what a month's invoice says. */
class UsagePage extends View {
  static override properties = {question: {state: true}, measure: {state: true}};

  declare question: Question;
  declare measure: Measure;
  private readonly found = new Fetched<Report | null>(this, async () => (current().teamId ? report(this.question) : null));

  constructor() {
    super();
    this.question = questionOf(new URLSearchParams(location.search));
    this.measure = 'cost';
  }

  private ask(question: Question) {
    this.question = question;
    noteInAddress(parametersOf(question));
    void this.found.restart();
  }

  private keep() {
    const {question} = this;
    void download(() => reportFile(question), `usage-${question.from}-${question.until}.csv`);
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><div><h1>Usage and billing</h1><p class="under">What was used and what it cost, to the last digit, and what a month’s invoice says.</p></div></div>
      ${current().teamId ? this.parts() : html`<section class="card">${empty('info', 'You are in no team', 'Usage belongs to a team. An operator can put you into one.')}</section>`}
    </div>`;
  }

  private parts() {
    return html`<section class="card" aria-label="What to show">
        <tk-usage-form .question=${this.question} @asked=${(event: CustomEvent<Question>) => this.ask(event.detail)}></tk-usage-form></section>
      <section class="card steady high" aria-label="Usage" aria-busy=${this.found.busy}>${this.answer()}</section>
      <tk-invoice-preview></tk-invoice-preview>`;
  }

  private answer() {
    return shown(this.found, 'the usage', value => this.report(value), 12);
  }

  private report(of: Report) {
    return html`<header><div class="stretch"><h2 class="visually-hidden">Usage</h2><p class="muted" aria-live="polite">${range(of)}</p></div>
        <button class="button compact" @click=${this.keep}>${icon('download')}CSV</button></header>
      ${figures(of)}
      ${requestsOf(of) === 0 ? empty('bars', 'No usage in this time', 'Usage that is sent to POST /api/usage/events appears here within a moment.')
        : html`<div class="inside form">${this.plot(of)}</div><tk-usage-table .report=${of}></tk-usage-table>`}`;
  }

  private plot(of: Report) {
    const name = MEASURES.find(([measure]) => measure === this.measure)![1];
    const unit = {cost: of.currency, requests: 'requests', quantity: ''}[this.measure];
    const named = bucketNames(of);
    return html`<div class="segments" role="group" aria-label="Measure">${MEASURES.map(([measure, word]) => html`<button type="button"
        aria-pressed=${measure === this.measure} @click=${() => (this.measure = measure)}>${word}</button>`)}</div>
      <div><tk-stacked-bars .names=${of.totals.map(({start}) => named(start))} .series=${bars(of, this.measure)} .unit=${unit}
        .label=${`${name} as stacked bars. The table below has the same numbers.`}></tk-stacked-bars></div>`;
  }
}

customElements.define('tk-usage-page', UsagePage);
