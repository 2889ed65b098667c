// Duties that one and the same caller must not have: who starts a change, and who lets it through.
// Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html and
// …/list_awscodecommit.html

import { type Access, allowedOn } from './effective.js';
import { overlaps } from './pattern.js';

interface Duties {
  /** What lets a change through that somebody is meant to look at. */
  readonly approve: readonly string[];
  /** What brings the change. */
  readonly change: readonly string[];
}

const CONFLICTS: readonly Duties[] = [
  {
    // The second overrides a condition of a stage: an alarm, a window, a check that has to pass.
    approve: ['codepipeline:PutApprovalResult', 'codepipeline:OverrideStageCondition'],
    change: ['codepipeline:StartPipelineExecution', 'codepipeline:UpdatePipeline'],
  },
  {
    approve: ['codecommit:OverridePullRequestApprovalRules'],
    change: [
      'codecommit:MergePullRequestByFastForward',
      'codecommit:MergePullRequestBySquash',
      'codecommit:MergePullRequestByThreeWay',
    ],
  },
];

/** Both duties, over the same pipeline or repository. */
export interface Conflict {
  readonly approve: string;
  readonly change: string;
  /** The pipeline or repository, as the policy names it. */
  readonly on: string;
}

/** One conflict for each kind. What is allowed only under a condition is left out: it may be meant for a person's hands. */
export function conflictsOf(access: Access): Conflict[] {
  const freely = (action: string): string[] =>
    allowedOn(access, action)
      .filter(({ permission }) => permission.conditions.length === 0)
      .map(({ resource }) => resource);
  return CONFLICTS.flatMap(({ approve, change }): Conflict[] => {
    for (const letThrough of approve) {
      const approved = freely(letThrough).slice(0, MOST_RESOURCES);
      if (approved.length === 0) continue;
      // An approval stands inside of a pipeline: `shop/Release/Approve`.
      for (const action of change)
        for (const on of freely(action).slice(0, MOST_RESOURCES))
          if (approved.some((one) => overlaps(one, on) || overlaps(one, `${on}/*`)))
            return [{ approve: letThrough, change: action, on }];
    }
    return [];
  });
}

/** Resources of one action that are compared. */
const MOST_RESOURCES = 500;
