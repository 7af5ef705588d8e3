import {html, type PropertyValues, type TemplateResult} from 'lit';
import {focusNow} from './focus';
import {icon} from './icons';
import {View} from './view';

/**
 * A dialog that is open for as long as it is in the page. Whoever opens one shows it; it says `closed` when it is done with,
 * and puts the focus back to where it was. It stays where closing it would lose a secret that is shown once.
 */
export abstract class Dialog extends View {
  private opener: Element | null = null;

  /** What it is called. */
  protected abstract heading(): string;

  /** What is in it: the body and the foot. */
  protected abstract content(): TemplateResult;

  /** Whether Escape closes it. */
  protected mayClose(): boolean {
    return true;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.opener = document.activeElement;
  }

  protected override firstUpdated(changed: PropertyValues) {
    super.firstUpdated(changed);
    this.frame().showModal();
    // What it is for comes first, not the button that closes it; of a question, the answer that does no harm.
    void focusNow(this, '.dialog-body input, .dialog-body select, .dialog-foot .button');
  }

  protected frame(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }

  /** Closes it; `detail` is what came of it. */
  protected close(detail?: unknown) {
    this.frame().close();
    this.dispatchEvent(new CustomEvent('closed', {detail}));
    if (this.opener instanceof HTMLElement) {
      this.opener.focus();
    }
  }

  private cancelled(event: Event) {
    event.preventDefault();
    if (this.mayClose()) {
      this.close();
    }
  }

  protected override render() {
    return html`<dialog class="dialog" aria-labelledby="dialog-heading" @cancel=${this.cancelled}>
      <div class="dialog-head"><h2 id="dialog-heading">${this.heading()}</h2>
        ${this.mayClose()
          ? html`<button type="button" class="button plain square compact" aria-label="Close" @click=${() => this.close()}>${icon('close')}</button>`
          : ''}
      </div>
      ${this.content()}
    </dialog>`;
  }
}
