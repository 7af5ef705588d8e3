import {LitElement} from 'lit';

/**
 * An element whose content stands in the page itself, without a shadow root: one stylesheet reaches it all, and labels,
 * landmarks and ids work across elements.
 */
export class View extends LitElement {
  protected override createRenderRoot() {
    return this;
  }
}
