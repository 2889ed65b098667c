// Access of an AI agent. An agent does what its input makes it do, so it is held more tightly than a service: a purpose, a
// list of tools, and nothing that could give it more.

import type { Construct } from 'constructs';
import { parseDuration } from '../src/access/duration.js';
import { type AccessPackageProps, inWords, type Problem } from './access-package.js';
import type { AwsEntitlement } from './aws-entitlement.js';
import { AwsPackage } from './aws-package.js';
import type { AwsPrincipal } from './aws-principal.js';
import { AwsWorkload } from './aws-workload.js';

/** What makes an access package an agent's. */
export interface AwsAgentTerms {
  /** What the agent is for: whoever reviews it compares this with what it does. */
  readonly purpose: string;
  /** What it may use, each tool with the permissions that it takes: its scope is these, and nothing else. */
  readonly tools: Readonly<Record<string, readonly AwsEntitlement[]>>;
  /** Who it is: `AwsPrincipal.bedrockAgent({ … })`. */
  readonly assumedBy: AwsPrincipal;
  /**
   * Name of the role.
   * @default - the names of package and environment, joined by `-`
   */
  readonly roleName?: string;
}

/** Terms and tools of an agent. */
export type AwsAgentProps = AccessPackageProps & AwsAgentTerms;

/** Access of an AI agent. */
export class AwsAgent extends AwsPackage {
  /** The role that the agent runs as, in sessions of an hour at most. Null once the package has ended and its role is gone. */
  public readonly roleArn: string;
  readonly #props: AwsAgentProps;

  public constructor(scope: Construct, id: string, props: AwsAgentProps) {
    const { tools = {}, assumedBy } = props;
    super(scope, id, props, { scope: Object.values(tools).flat() });
    this.#props = props;
    const tags = { 'ai-agent': 'true', tools: Object.keys(tools).join(' ') };
    const { roleName = this.physicalName() } = props;
    this.roleArn = new AwsWorkload(this, 'Access', { assumedBy, roleName }, { tags }).roleArn;
  }

  protected override platformProblems(): readonly Problem[] {
    return [...super.platformProblems(), ...problemsOfAgent(this.#props)];
  }
}

const LONGEST_TERM = 90 * 86_400_000;
/** Services that hand out rights. */
const HANDS_OUT_RIGHTS = /^(?:iam|sts|organizations|account|sso|identitystore):/i;

function problemsOfAgent({ purpose, tools = {}, ttl }: AwsAgentProps): Problem[] {
  const problems: Problem[] = [];
  if (!purpose) problems.push({ field: 'purpose', message: 'is missing: say what the agent is for' });
  if (ttl !== undefined && (parseDuration(ttl) ?? 0) > LONGEST_TERM)
    problems.push({ field: 'ttl', message: `"${ttl}" is long for an agent: 90d at most` });
  for (const [tool, entitlements] of Object.entries(tools)) {
    const field = `tools.${tool}`;
    if (entitlements.length === 0) problems.push({ field, message: 'has no permissions: name them' });
    const actions = entitlements.flatMap((one) => one.actions);
    for (const action of actions.filter((one) => /[*?]/.test(one)))
      problems.push({
        field,
        message: `${inWords(action)} stands for many actions: name those that the tool takes`,
      });
    for (const action of actions.filter((one) => HANDS_OUT_RIGHTS.test(one)))
      problems.push({ field, message: `${action} can give the agent more than its tools: leave it out` });
    if (entitlements.some((one) => one.resources.includes('*')))
      problems.push({ field, message: 'reaches every resource: name those that the tool works on' });
  }
  return problems;
}
