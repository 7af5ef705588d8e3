import {historyOf} from '../audit/entries';
import {isAdmin} from '../session/session';

const MOST_PAGES = 5;
const SECOND = 1000;

/** Until when the secret from before the last rotation works as well; null where none does. */
export interface Overlap {
  until: Date | null;
}

/** What the audit log says of a key's overlap. Members, who may not read the log, are told of none. */
export async function overlapOf(keyId: string): Promise<Overlap> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && isAdmin(); page++) {
    const {items, next} = await historyOf('key', keyId, cursor);
    for (const {action, at, changes} of items) {
      if (action === 'key.previous_secret_ended' || action === 'key.revoked') {
        return {until: null};
      }
      if (action === 'key.rotated') {
        const end = new Date(at).getTime() + Number(changes.overlap_seconds) * SECOND;
        return {until: end > Date.now() ? new Date(end) : null};
      }
    }
    if (!next) {
      break;
    }
    cursor = next;
  }
  return {until: null};
}
