// Duties that one and the same account must not have in Google Cloud: who starts a release, and who lets it through.
// https://cloud.google.com/deploy/docs/promote-release and https://cloud.google.com/build/docs/securing-builds/gate-builds-on-approval

import type { Role } from './roles.js';

interface Duties {
  /** Permission that lets through what somebody is meant to look at. */
  readonly approve: string;
  /** Permission that brings it. */
  readonly change: string;
}

const CONFLICTS: readonly Duties[] = [
  { approve: 'clouddeploy.rollouts.approve', change: 'clouddeploy.releases.create' },
  { approve: 'cloudbuild.builds.approve', change: 'cloudbuild.builds.create' },
];

/** Predefined roles that are made for one of these duties. https://cloud.google.com/iam/docs/roles-permissions */
const ROLES: Readonly<Record<string, string>> = {
  'roles/clouddeploy.approver': 'clouddeploy.rollouts.approve',
  'roles/clouddeploy.releaser': 'clouddeploy.releases.create',
  'roles/cloudbuild.builds.approver': 'cloudbuild.builds.approve',
  'roles/cloudbuild.builds.builder': 'cloudbuild.builds.create',
  'roles/cloudbuild.builds.editor': 'cloudbuild.builds.create',
};

/** One duty, on what it is held. */
export interface Duty {
  /** `clouddeploy.rollouts.approve` */
  readonly permission: string;
  readonly on: string;
}

export interface Conflict extends Duties {
  readonly on: string;
}

/** The permissions of a role that are such a duty. */
export function dutiesOf(role: Role): string[] {
  if (role.kind === 'predefined') return Object.hasOwn(ROLES, role.name) ? [ROLES[role.name] as string] : [];
  return CONFLICTS.flatMap(({ approve, change }) => [approve, change]).filter((one) =>
    role.permissions.includes(one),
  );
}

/** One conflict for each kind: both duties, on the same project or pipeline. */
export function conflictsIn(held: readonly Duty[]): Conflict[] {
  return CONFLICTS.flatMap(({ approve, change }): Conflict[] => {
    const places = new Set(held.filter(({ permission }) => permission === change).map(({ on }) => on));
    const both = held.find(({ permission, on }) => permission === approve && places.has(on));
    return both ? [{ approve, change, on: both.on }] : [];
  });
}
