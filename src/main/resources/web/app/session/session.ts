import {call} from '../api/client';

/** A project of a team that somebody is in. */
export interface Project {
  id: string;
  team_id: string;
  name: string;
}

/** Who is signed in, and the project that they look at. */
export interface Session {
  userId: string;
  email: string;
  /** In the project's team; null for who is in none. */
  role: 'admin' | 'member' | 'operator' | null;
  teamId: string | null;
  projectId: string | null;
  /** To choose from; empty for who has just one. */
  projects: Project[];
}

interface Whoami {
  team_id: string | null;
  project_id: string | null;
  user: {id: string; email: string; role: Session['role']};
}

const KEPT = 'tollkeeper-project';
let session: Session | null = null;

/** Whoever is signed in. Pages are shown to nobody else. */
export function current(): Session {
  if (!session) {
    throw new Error('nobody is signed in');
  }
  return session;
}

export function signedIn(): Session | null {
  return session;
}

/** Whether they manage the team, and not only their own keys. */
export function isAdmin(): boolean {
  return current().role === 'admin' || current().role === 'operator';
}

/** Finds out who is signed in; fails where nobody is. */
export async function resume(): Promise<void> {
  const whoami = await call<Whoami>('/api/auth/whoami');
  session = whoami.project_id ? of(whoami, []) : await choose(whoami);
}

async function choose(whoami: Whoami): Promise<Session> {
  const {projects} = await call<{projects: Project[]}>('/api/projects', {query: {limit: 200}});
  const wanted = projects.find(project => project.id === localStorage.getItem(KEPT)) ?? projects[0];
  return wanted ? of(await call<Whoami>('/api/auth/whoami', {query: {project_id: wanted.id}}), projects) : of(whoami, projects);
}

function of(whoami: Whoami, projects: Project[]): Session {
  return {userId: whoami.user.id, email: whoami.user.email, role: whoami.user.role, teamId: whoami.team_id, projectId: whoami.project_id, projects};
}

/** Looks at another project. All that was shown of the last one goes with the page. */
export function changeProject(id: string) {
  localStorage.setItem(KEPT, id);
  location.assign('/');
}

export async function signIn(email: string, password: string): Promise<void> {
  await call('/console/session', {method: 'POST', body: {email, password}});
  await resume();
}

/** Ends the session, here and on the server. A new page, so that nothing of what was shown is kept. */
export async function signOut(): Promise<void> {
  await call('/console/session', {method: 'DELETE'});
  location.assign('/sign-in');
}

/** Takes note that the session has ended by itself. */
export function forget() {
  session = null;
}
