// What each AWS action does and on what: access level, and the ARN formats of the resources it can be limited to.
// Recorded from the AWS service authorization reference by `scripts/generate-actions.ts`.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import { dataHeader, findData } from './data.js';
import { covers, hasWildcard, matches } from './pattern.js';
import { RecordedService } from './recorded-service.js';

export type AccessLevel = 'list' | 'read' | 'write' | 'permissions' | 'tagging';

/** One action of a service, or of none that is known. */
export interface Action {
  /** As AWS writes it: `s3:GetObject`; as the policy writes it where it is not in the table. */
  readonly name: string;
  readonly level: AccessLevel;
  /** It can be limited to single resources; an action without must be granted on `*`. */
  readonly resourceLevel: boolean;
  /**
   * What follows `arn:aws:` of the resources it works on, `$` for every variable: `s3:::$/$`.
   * Empty where the action has no resource-level permissions or is not in the table.
   */
  readonly formats: readonly string[];
}

/** What a single action pattern of a policy says. */
export type ActionPattern =
  | { readonly kind: 'everything' }
  /** All actions of one service: `s3:*`. */
  | { readonly kind: 'service'; readonly service: string }
  /** Single actions, those of a wildcard (`s3:Get*`) included; names as AWS writes them. */
  | { readonly kind: 'actions'; readonly names: readonly string[] };

/**
 * Actions that can only be limited to a kind of resource that few have, and that everybody grants on `*`:
 * AWS documented `cloudwatch:PutMetricData` without resource-level permissions until data sets came up.
 */
const IN_PRACTICE_WITHOUT_RESOURCES: ReadonlySet<string> = new Set(['cloudwatch:putmetricdata']);

const services = new Map<string, RecordedService | undefined>();
const actions = new Map<string, Action>();

/** The facts of one action, whatever the case of its name: `s3:getobject`. */
export function actionOf(name: string): Action {
  const key = name.toLowerCase();
  let action = actions.get(key);
  if (!action) {
    action = recordedAction(key) ?? unknownAction(name);
    actions.set(key, action);
  }
  return action;
}

/**
 * Counted among the writes, and done by whoever pulls: it fills the cache that the image comes through.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
const PART_OF_A_READ: ReadonlySet<string> = new Set(['ecr:BatchImportUpstreamImage']);

/** True where the action changes something, hands out credentials or lets something else act. */
export function changes(action: Action): boolean {
  // The reference counts some `List…` and `Describe…` among the writes; what they ask for are lists.
  return (
    action.level !== 'read' &&
    action.level !== 'list' &&
    !/:(?:List|Describe)[A-Z]/.test(action.name) &&
    !PART_OF_A_READ.has(action.name)
  );
}

const patterns = new Map<string, readonly ActionPattern[]>();
const MOST_PATTERNS = 20_000;

/** Reads one action pattern as it stands in a policy; never contains symbols. */
export function readActionPattern(pattern: string): readonly ActionPattern[] {
  let known = patterns.get(pattern);
  if (!known) {
    known = meaningOf(pattern);
    if (patterns.size < MOST_PATTERNS) patterns.set(pattern, known);
  }
  return known;
}

function meaningOf(pattern: string): ActionPattern[] {
  const text = pattern.toLowerCase();
  if (/^[*?]/.test(text) && covers(text, '?*:?*')) return [{ kind: 'everything' }];
  const service = serviceName(text);
  const name = text.slice(service.length + 1);
  if (!hasWildcard(text)) return [{ kind: 'actions', names: [actionOf(pattern).name] }];
  // AWS takes no wildcard in the name of the service; whoever writes one means all that it fits.
  if (hasWildcard(service)) {
    const fitting = Object.keys(dataHeader('actions.jsonl').places).filter((known) =>
      matches(service, known),
    );
    return fitting.map((known) => ({ kind: 'service', service: known }));
  }
  if (name === '' || covers(name, '?*')) return [{ kind: 'service', service }];
  return [{ kind: 'actions', names: namesOf(service, text) }];
}

/** All actions of a service, as AWS writes them; empty for a service that is not in the table. */
export function actionsOfService(service: string): string[] {
  const name = service.toLowerCase();
  return (
    serviceOf(name)
      ?.names()
      .map((action) => `${name}:${action}`) ?? []
  );
}

function namesOf(service: string, pattern: string): string[] {
  const known = serviceOf(service);
  // Nobody knows what it stands for: it is judged by its own name.
  if (!known) return [pattern];
  return known
    .names()
    .map((name) => `${service}:${name}`)
    .filter((name) => matches(pattern, name.toLowerCase()));
}

function serviceName(action: string): string {
  const colon = action.indexOf(':');
  return colon < 0 ? action : action.slice(0, colon);
}

function recordedAction(key: string): Action | undefined {
  const service = serviceName(key);
  const action = serviceOf(service)?.action(key.slice(service.length + 1));
  if (!action) return undefined;
  const formats = IN_PRACTICE_WITHOUT_RESOURCES.has(key) ? [] : action.formats;
  return { ...action, name: `${service}:${action.name}`, resourceLevel: formats.length > 0, formats };
}

function unknownAction(name: string): Action {
  const level = /^[^:]*:(get|describe)/i.test(name) ? 'read' : /^[^:]*:list/i.test(name) ? 'list' : 'write';
  return { name, level, resourceLevel: true, formats: [] };
}

function serviceOf(name: string): RecordedService | undefined {
  if (!services.has(name)) {
    const text = findData('actions.jsonl', name);
    services.set(name, typeof text === 'string' ? new RecordedService(text) : undefined);
  }
  return services.get(name);
}
