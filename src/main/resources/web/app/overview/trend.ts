import {html, svg} from 'lit';
import {money} from '../design/money';
import type {Day} from './month';

const WIDTH = 300;
const HEIGHT = 64;
const GAP = 2;

/** A bar for each day of the month so far: a picture of the numbers, which the table on the next page has. */
export function trend(days: Day[], currency: string) {
  const most = Math.max(...days.map(({cost}) => Number(cost)));
  const width = WIDTH / Math.max(days.length, 1);
  const label = most > 0 ? `Spend of each day of this month, ${money(most.toFixed(2), currency)} at most` : 'Nothing was spent this month';
  return html`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${days.map(({cost}, place) => {
      const height = most > 0 ? Math.max((Number(cost) / most) * HEIGHT, 1) : 1;
      return svg`<rect x=${place * width} y=${HEIGHT - height} width=${Math.max(width - GAP, 1)} height=${height} rx="1.5"></rect>`;
    })}</svg>`;
}
