import {html} from 'lit';
import {Paged} from '../api/paged';
import {showMore} from '../design/show-more';
import {shownList} from '../design/shown';
import {empty} from '../design/states';
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
    return shownList(this.entries, 'the history', () => empty('info', 'No history', 'Nothing was done here that is in the audit log.'),
      items => html`<div class="inside form"><ol class="timeline">${items.map(entry => entryItem(entry))}</ol>
        ${showMore(this.entries, '')}</div>`, 4);
  }
}

customElements.define('tk-history', History);
