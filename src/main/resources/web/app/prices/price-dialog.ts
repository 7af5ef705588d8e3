import {html, nothing} from 'lit';
import {Fetched} from '../api/fetched';
import {Once} from '../api/once';
import type {ApiProblem} from '../api/problem';
import {Dialog} from '../design/dialog';
import {describedBy, field} from '../design/field';
import {choice, type Choice, formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {teamChoices} from '../teams/teams';
import {type Draft, emptyDraft, termsOf} from './draft';
import {createPrice, TYPES} from './prices';

const FIELDS = ['meter', 'model', 'team_id', 'type', 'unit_price', 'package', 'tiers', 'currency', 'effective_from'];

/** Makes a price. */
class PriceDialog extends Dialog {
  static override properties = {draft: {state: true}};

  declare draft: Draft;
  private readonly opened = new Date();
  private readonly once = new Once();
  private readonly teams = new Fetched<Choice[]>(this, teamChoices);
  private readonly sending = new Submission(this, async () => {
    const terms = termsOf(this.draft, this.opened);
    this.close(await createPrice(terms, this.once.keyFor(terms)));
  });

  constructor() {
    super();
    this.draft = emptyDraft();
  }

  protected heading() {
    return 'Create a price';
  }

  private set(change: Partial<Draft>) {
    this.draft = {...this.draft, ...change};
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const {draft} = this;
    const said = problem?.besides(...FIELDS);
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'price-meter', label: 'Meter', error: problem?.of('meter'), hint: 'As usage events name it.'}, draft.meter, meter => this.set({meter}), {mono: true})}
        ${line({id: 'price-model', label: 'Model', optional: true, error: problem?.of('model'), hint: 'For any model where it is empty. A price for one goes before a price for any.'}, draft.model, model => this.set({model}), {mono: true})}
        ${choice({id: 'price-team', label: 'Team', error: problem?.of('team_id')}, draft.teamId, [['', 'Any team'], ...(this.teams.value ?? [])], teamId => this.set({teamId}))}
        ${choice({id: 'price-type', label: 'To be paid', error: problem?.of('type')}, draft.type, TYPES, type => this.set({type}))}
        ${this.amounts(problem)}
        ${line({id: 'price-currency', label: 'Currency', error: problem?.of('currency')}, draft.currency, currency => this.set({currency}), {mostCharacters: 3})}
        ${line({id: 'price-from', label: 'From', optional: true, error: problem?.of('effective_from'), hint: 'From now on where it is empty. A price is never edited: a later one takes over.'},
          draft.from, from => this.set({from}), {type: 'datetime-local'})}</div>
      ${formFoot(busy ? 'Creating…' : 'Create', busy, () => this.close())}</form>`;
  }

  private amounts(problem: ApiProblem | null) {
    const {draft} = this;
    switch (draft.type) {
      case 'per_unit':
        return line({id: 'price-unit', label: 'Price of a unit', error: problem?.of('unit_price')}, draft.unitPrice, unitPrice => this.set({unitPrice}), {mode: 'decimal'});
      case 'package':
        return html`${line({id: 'price-size', label: 'Units in a package', error: problem?.of('package')}, draft.size, size => this.set({size}), {mode: 'decimal'})}
          ${line({id: 'price-package', label: 'Price of a package'}, draft.packagePrice, packagePrice => this.set({packagePrice}), {mode: 'decimal'})}`;
      default:
        return this.tiers(problem?.of('tiers'));
    }
  }

  private tiers(error: string | undefined) {
    const texts = {id: 'price-tiers', label: 'Tiers', error, hint: 'One on a line: up to how many units, and what one costs. The last line has a price alone, for all that is above.'};
    return field(texts, html`<textarea class="input mono" id=${texts.id} rows="4" spellcheck="false" placeholder=${'1000 0.02\n0.01'} .value=${this.draft.tiers}
      aria-invalid=${error ? 'true' : nothing} aria-describedby=${describedBy(texts)}
      @input=${(event: Event) => this.set({tiers: (event.target as HTMLTextAreaElement).value})}></textarea>`);
  }
}

customElements.define('tk-price-dialog', PriceDialog);
