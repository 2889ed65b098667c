// `leasehold revoke`: proves that a package can be revoked as a whole, or names what survives.

import { InputError } from '../input/read-plan.js';
import { judgeOptions, judgePlan } from '../lint/judge-plan.js';
import { planBefore } from '../plan/before.js';
import { painter } from '../reporters/color.js';
import { clean, fold } from '../reporters/text.js';
import { type Revocation, revocationOf } from '../verdict/revocation.js';
import { type ConfigOptions, loadConfig } from './load-config.js';
import { readPlans } from './read-plans.js';
import type { World } from './world.js';

export interface RevokeCommand extends ConfigOptions {
  /** Name of the access package. */
  readonly package: string;
  /** A plan that destroys it, or the JSON of a state. */
  readonly path: string;
  readonly format: 'pretty' | 'json';
  readonly now: Date | undefined;
}

/** Code 1 where anything survives. @throws InputError, ConfigError */
export async function revokeCommand(
  command: RevokeCommand,
  world: World,
): Promise<{ stdout: string; code: 0 | 1 }> {
  const { config } = await loadConfig(command, world);
  const [read] = await readPlans([command.path], command.now, world, 'with-states');
  if (!read) throw new InputError(`${command.path}: there is no plan in it`);
  const { plan, now } = read;
  const before = judgePlan(planBefore(plan), now, config);
  const revocation = revocationOf(command.package, plan, before, judgeOptions(now, config));
  if (!revocation) {
    const known = [...new Set(before.identities.flatMap((one) => one.package ?? []))].sort();
    const hint = known.length > 0 ? `; it holds ${known.join(', ')}` : '';
    throw new InputError(
      `${command.path}: nothing that stands now belongs to the package ${command.package}${hint}`,
    );
  }
  return {
    stdout:
      command.format === 'json'
        ? `${JSON.stringify({ version: 1, ...revocation }, null, 2)}\n`
        : pretty(revocation, world),
    code: revocation.survivors.length > 0 ? 1 : 0,
  };
}

function pretty({ package: name, by, members, survivors }: Revocation, { display }: World): string {
  const paint = painter(display.color);
  const asked = by === 'state' ? 'Destroying what is marked' : 'This plan';
  if (survivors.length === 0)
    return `${paint.good(`${asked} revokes ${clean(name)} as a whole`)}: ${members.length} members go, and nothing is left behind.\n`;
  const lines = survivors.flatMap(({ address, why }) =>
    fold(`${clean(address)} ${clean(why)}`, display.width - 4).map(
      (line, index) => `  ${index === 0 ? paint.bad('!') : ' '} ${line}`,
    ),
  );
  const head = `${asked} does not revoke ${clean(name)} as a whole: of ${members.length} members and what names them, ${survivors.length} ${survivors.length === 1 ? 'survives' : 'survive'}`;
  return `${paint.bad(head)}\n\n${lines.join('\n')}\n`;
}
