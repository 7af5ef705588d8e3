import {html} from 'lit';
import {Paged} from '../api/paged';
import {showMore} from '../design/show-more';
import {empty, failed, loading} from '../design/states';
import {View} from '../design/view';
import {type Entry, historyOf} from './entries';
import {entryItem} from './entry-item';

/** What was done to one thing, by whom and from where. */
class History extends View {
  static override properties = {type: {}, target: {}};

  declare type: string;
  declare target: string;
  private readonly entries = new Paged<Entry>(this, cursor => historyOf(this.type, this.target, cursor));

  /** Fetches it anew, after something was done. */
  refresh() {
    void this.entries.restart();
  }

  protected override render() {
    const {items, problem} = this.entries;
    if (problem) {
      return failed(problem, () => this.refresh());
    }
    if (!items) {
      return loading('the history', 4);
    }
    return items.length === 0 ? empty('info', 'No history', 'Nothing was done here that is in the audit log.')
      : html`<div class="inside form"><ol class="timeline">${items.map(entry => entryItem(entry))}</ol>
        ${showMore(this.entries, '')}</div>`;
  }
}

customElements.define('tk-history', History);
