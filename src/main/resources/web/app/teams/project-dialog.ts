import {html, nothing} from 'lit';
import {Dialog} from '../design/dialog';
import {formFoot, line} from '../design/inputs';
import {notice} from '../design/notice';
import {Submission} from '../design/submission';
import {createProject, type Team} from './teams';

/** Makes a project, in which keys are. */
class ProjectDialog extends Dialog {
  static override properties = {team: {attribute: false}};

  declare team: Team;
  private name = '';
  private readonly sending = new Submission(this, async () => {
    await createProject(this.team.id, this.name.trim());
    this.close(true);
  });

  protected heading() {
    return `A new project of ${this.team.name}`;
  }

  protected content() {
    const {busy, problem, submit} = this.sending;
    const said = problem?.code === 'duplicate_name' ? undefined : problem?.besides('name');
    const wrong = problem?.code === 'duplicate_name' ? problem.message : problem?.of('name');
    return html`<form novalidate @submit=${submit}><div class="dialog-body">${said ? notice('bad', said) : nothing}
        ${line({id: 'project-name', label: 'Name', error: wrong, hint: 'Keys, settings and budgets belong to a project.'}, this.name, text => (this.name = text))}</div>
      ${formFoot('Create', busy, () => this.close())}</form>`;
  }
}

customElements.define('tk-project-dialog', ProjectDialog);
