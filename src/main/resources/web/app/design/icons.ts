import {svg, html, type SVGTemplateResult} from 'lit';

const SHAPES = {
  key: svg`<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9m-4 4 3 3"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="m20 20-4.5-4.5"/>`,
  copy: svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  warning: svg`<path d="M12 4 2.5 20h19zM12 10v4m0 3v.01"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5m0-8v.01"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  back: svg`<path d="m14 6-6 6 6 6"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  shield: svg`<path d="M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6zm-3 8.5 2.2 2.2 4-4.2"/>`,
  ledger: svg`<path d="M5 4h14v16H5zM9 8h6M9 12h6M9 16h3"/>`,
  log: svg`<path d="M12 7v5l3 2"/><circle cx="12" cy="12" r="8.5"/>`,
  sliders: svg`<path d="M4 7h9m5 0h2M4 17h2m5 0h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>`,
  people: svg`<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-4 2.5-6 6-6s6 2 6 6m1-15.5a3.5 3.5 0 0 1 0 7M18 14.5c2 .8 3 2.6 3 5.5"/>`,
  bell: svg`<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>`,
  gauge: svg`<path d="M4.5 18a9 9 0 1 1 15 0M12 14l4-5"/><circle cx="12" cy="14" r="1.5"/>`,
  home: svg`<path d="M4 20V10l8-6 8 6v10h-5v-6H9v6z"/>`,
  bars: svg`<path d="M5 20v-7m7 7V5m7 15v-10"/>`,
  download: svg`<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>`,
  building: svg`<path d="M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3m-3 4h3m-3 4h3"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M5 20c.8-4 3.5-6 7-6s6.2 2 7 6"/>`,
  stack: svg`<path d="m12 4 8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4"/>`,
  tag: svg`<path d="M4 4h7l9 9-7 7-9-9z"/><circle cx="8.5" cy="8.5" r="1"/>`,
  minus: svg`<path d="M6 12h12"/>`,
  more: svg`<path d="m7 10 5 5 5-5"/>`,
};

export type IconName = keyof typeof SHAPES;

/** A picture beside words that say the same: screen readers pass it by. */
export function icon(name: IconName) {
  const shape: SVGTemplateResult = SHAPES[name];
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;
}

/** The mark of Tollkeeper: a barrier. */
export function mark() {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <rect width="24" height="24" rx="6" fill="#5236e0"/>
    <path d="M6 19V8m0 2 12-4" stroke="#fff" stroke-width="2.5" stroke-linecap="round" fill="none"/>
  </svg>`;
}
