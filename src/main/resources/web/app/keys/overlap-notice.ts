import {html, nothing} from 'lit';
import {ApiProblem} from '../api/problem';
import {notice} from '../design/notice';
import {exact} from '../design/time';
import {toast} from '../design/toast';
import {View} from '../design/view';
import {endOverlap} from './calls';

const SECOND = 1000;

/** Counts down while the secret from before a rotation still works, and can end that. Says `ended` when it is over. */
class OverlapNotice extends View {
  static override properties = {keyId: {}, until: {attribute: false}, busy: {state: true}};

  declare keyId: string;
  declare until: Date | null;
  declare busy: boolean;
  private ticking = 0;

  constructor() {
    super();
    this.until = null;
    this.busy = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.ticking = window.setInterval(() => this.tick(), SECOND);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

  private tick() {
    const left = this.left();
    if (left !== null) {
      this.requestUpdate();
      if (left <= 0) {
        this.until = null;
        this.dispatchEvent(new CustomEvent('ended'));
      }
    }
  }

  private left(): number | null {
    return this.until ? Math.ceil((this.until.getTime() - Date.now()) / SECOND) : null;
  }

  private async end() {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      await endOverlap(this.keyId);
      toast('The old secret works no more');
      this.dispatchEvent(new CustomEvent('ended'));
    } catch (failure) {
      toast(ApiProblem.of(failure).message);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const left = this.left();
    if (left === null || left <= 0) {
      return nothing;
    }
    return notice('info', html`<div class="across"><span>The old secret still works for <strong class="nowrap" role="timer">${clock(left)}</strong>, until ${exact(this.until!)}.</span>
      <button class="button compact" aria-disabled=${this.busy} @click=${this.end}>Stop it now</button></div>`);
  }
}

/** `2 days 03:04:05`, and without the days on the last one. */
function clock(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const time = parts.map(part => String(part).padStart(2, '0')).join(':');
  return days === 0 ? time : `${days} ${days === 1 ? 'day' : 'days'} ${time}`;
}

customElements.define('tk-overlap-notice', OverlapNotice);
