// `leasehold init cdktf`: an app with one access package that synthesises, passes the linter, and is the user's from then on.

import type { World } from './world.js';

export type Framework = 'cdktf' | 'cdktn';

export interface InitCdktfCommand {
  readonly framework: Framework;
  /** Who answers for the access of the starter. */
  readonly owner: string | undefined;
  /** Replaces files that are there. */
  readonly force: boolean;
}

/** Ranges in which the starter was synthesised. */
const VERSIONS: Readonly<Record<Framework, string>> = { cdktf: '^0.21.0', cdktn: '^0.24.0' };
const OWNER = 'team-orders@example.com';

/**
 * Writes into the working directory what is not there yet.
 * @returns what was written, and what to run next
 * @throws InputError where a file cannot be written
 */
export function initCdktfCommand({ framework, owner, force }: InitCdktfCommand, world: World): string {
  const today = world.clock().toISOString().slice(0, 10);
  const files: Readonly<Record<string, string>> = {
    'main.ts': main(framework),
    'stacks/orders.ts': stack(framework, owner ?? OWNER, today),
    'cdktf.json': json({ language: 'typescript', app: 'npx tsx main.ts', sendCrashReports: 'false' }),
    'package.json': json({
      name: 'access',
      version: '0.1.0',
      private: true,
      type: 'module',
      scripts: { synth: 'tsx main.ts', lint: 'leasehold lint cdktf.out', check: 'tsc --noEmit' },
      dependencies: {
        [framework]: VERSIONS[framework],
        constructs: '^10.6.0',
        leasehold: `^${world.version}`,
      },
      devDependencies: { '@types/node': '^20.0.0', tsx: '^4.20.0', typescript: '^5.9.0' },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ES2022',
        module: 'NodeNext',
        moduleResolution: 'NodeNext',
        types: ['node'],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ['main.ts', 'stacks'],
    }),
  };
  const lines = ['An access package with one queue in its scope, and the rules of the linter at synth.', ''];
  let hasPackage = false;
  for (const [path, text] of Object.entries(files)) {
    const isNew = world.createFile(path, text);
    if (!isNew && force) world.writeFile(path, text);
    if (!isNew && !force && path === 'package.json') hasPackage = true;
    lines.push(`  ${isNew ? 'written ' : force ? 'replaced' : 'kept    '} ${path}`);
  }
  if (lines.some((line) => line.startsWith('  kept')))
    lines.push('', 'What is kept was there already; --force replaces it.');
  const install = hasPackage
    ? `npm install ${framework} constructs leasehold && npm install --save-dev tsx typescript @types/node`
    : 'npm install';
  lines.push('', 'Next:');
  if (owner === undefined) lines.push(`  put your own team in stacks/orders.ts, in place of ${OWNER}`);
  for (const command of [install, 'npx tsx main.ts', 'npx leasehold lint cdktf.out --strict'])
    lines.push(`  ${command}`);
  return `${lines.join('\n')}\n`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function main(framework: Framework): string {
  return `// Synthesises all stacks into cdktf.out. What the linter rejects stops here, at the line that made it.

import { App } from '${framework}';
import { Governance } from 'leasehold/${framework}';
import { OrdersStack } from './stacks/orders.js';

const app = new App();
Governance.of(app).enforce();
new OrdersStack(app, 'orders');
app.synth();
`;
}

function stack(framework: Framework, owner: string, today: string): string {
  return `// A function that takes orders from one queue. Its access is owned, bounded, and over after its term.

import { TerraformStack } from '${framework}';
import type { Construct } from 'constructs';
import { AwsAccessPackage, AwsEntitlement, AwsPrincipal, Provider, Resource } from 'leasehold/${framework}';

export class OrdersStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new Provider(this, 'aws', 'hashicorp/aws', { region: 'eu-west-1' }, '>= 6.0');

    const queue = new Resource(this, 'queue', 'aws_sqs_queue', { name: 'orders' });

    const access = new AwsAccessPackage(this, 'orders', {
      owner: ${quoted(owner)},
      purpose: 'Takes orders from the queue of the shop',
      // To renew the access, move the start: that is a pull request, and somebody looks at it.
      ttl: '90d',
      starts: '${today}',
      reviewers: [${quoted(owner)}],
      reviewEvery: '30d',
      scope: [AwsEntitlement.receiveMessages(queue.getStringAttribute('arn'))],
    });

    // Give \`worker.roleArn\` to your function.
    const worker = access.workload('worker', { assumedBy: AwsPrincipal.lambda() });
    void worker;
  }
}
`;
}

/** As a TypeScript string, whatever was typed. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, ' ')}'`;
}
