// Plan → access graph → verdicts, with what the configuration knows. Every command judges a plan in this one way.

import { environmentMap } from '../access/environment.js';
import { buildGraph } from '../graph/build.js';
import type { Graph } from '../graph/model.js';
import type { Plan } from '../plan/model.js';
import { judge } from '../verdict/judge.js';
import type { JudgedIdentity, JudgeOptions } from '../verdict/model.js';
import type { Config } from './settings.js';

export interface JudgedPlan {
  readonly graph: Graph;
  readonly identities: readonly JudgedIdentity[];
}

export function judgePlan(plan: Plan, now: Date, config: Config): JudgedPlan {
  const { knownAccounts, vendors } = config;
  const environments = environmentMap(config.environments);
  const graph = buildGraph(plan, { now, knownAccounts, environments, vendors });
  return { graph, identities: judge(graph, judgeOptions(now, config)) };
}

export function judgeOptions(now: Date, { keys, directory, packages }: Config): JudgeOptions {
  return { now, keys, directory, packages };
}
