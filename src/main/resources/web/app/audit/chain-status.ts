import {html} from 'lit';
import {Fetched} from '../api/fetched';
import {notice} from '../design/notice';
import {exact} from '../design/time';
import {View} from '../design/view';
import {type Chain, verifyChain} from './log';

/** Tells whether anybody has edited the log behind the service's back. */
class ChainStatus extends View {
  private readonly chain = new Fetched<Chain>(this, verifyChain);

  protected override render() {
    const {value, problem} = this.chain;
    if (problem) {
      return notice('warn', `The chain could not be verified. ${problem.message}`);
    }
    if (!value) {
      return notice('info', 'Verifying the chain…');
    }
    const broken = value.first_broken;
    return broken
      ? notice('bad', html`<strong>The chain is broken at entry ${broken.seq.toLocaleString('en')}</strong>
          <span>${broken.reason}${broken.at ? ` Written ${exact(new Date(broken.at))}.` : ''} What comes after cannot be relied on: tell the operator.</span>`)
      : notice('info', `The chain is whole: all ${value.entries.toLocaleString('en')} entries are as they were written.`);
  }
}

customElements.define('tk-chain-status', ChainStatus);
