import {html} from 'lit';
import {field} from '../design/field';
import {choice, type Choice} from '../design/inputs';
import {View} from '../design/view';
import {zones} from '../design/zones';
import {BUCKET_OF, type Period, periodOf, PERIODS} from './period';
import {BUCKETS, GROUPINGS, type Question} from './question';

/** Nobody has asked for earlier usage; a year that is still being typed is earlier. */
const EARLIEST = '2000-01-01';

/** What is asked about usage. Says `asked` with another question as soon as something is chosen. */
class UsageForm extends View {
  static override properties = {question: {attribute: false}};

  declare question: Question;
  private readonly zones: Choice[] = zones().map(zone => [zone, zone]);

  private ask(change: Partial<Question>) {
    this.dispatchEvent(new CustomEvent('asked', {detail: {...this.question, ...change}}));
  }

  protected override render() {
    const {bucket, groupBy, timezone} = this.question;
    const known: Choice[] = this.zones.some(([zone]) => zone === timezone) ? this.zones : [[timezone, timezone], ...this.zones];
    // On the 30th, the last 30 days are this month: only one of them is marked.
    const now = PERIODS.find(([period]) => this.isNow(period))?.[0];
    return html`<div class="inside form">
      <div class="segments" role="group" aria-label="Period">${PERIODS.map(([period, name]) => html`<button type="button"
        aria-pressed=${period === now} @click=${() => this.ask({...periodOf(period, timezone), bucket: BUCKET_OF[period]})}>${name}</button>`)}</div>
      <div class="row">
        ${this.day('from', 'From')}
        ${this.day('until', 'Until, not included')}
        ${choice({id: 'usage-zone', label: 'Time zone'}, timezone, known, zone => this.ask({timezone: zone}))}
        ${choice({id: 'usage-bucket', label: 'For each'}, bucket, BUCKETS, value => this.ask({bucket: value}))}
        ${choice({id: 'usage-group', label: 'Apart by'}, groupBy, GROUPINGS, value => this.ask({groupBy: value}))}
      </div></div>`;
  }

  private isNow(period: Period): boolean {
    const {from, until} = periodOf(period, this.question.timezone);
    return this.question.from === from && this.question.until === until;
  }

  private day(name: 'from' | 'until', label: string) {
    const id = `usage-${name}`;
    return field({id, label}, html`<input class="input" type="date" id=${id} .value=${this.question[name]} @change=${(event: Event) => this.dated(name, event)}>`);
  }

  private dated(name: 'from' | 'until', event: Event) {
    const {value} = event.target as HTMLInputElement;
    if (value >= EARLIEST) {
      this.ask({[name]: value});
    }
  }
}

customElements.define('tk-usage-form', UsageForm);
