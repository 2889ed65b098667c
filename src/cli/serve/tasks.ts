// A task from its request to its result. What was accepted gets a result, also when this service is told to stop.

import type { RunTask } from '../../commands/run-task.js';
import { taskResult } from '../../reporters/run-task.js';
import { JudgeError, type Judges } from './judges.js';
import { Limit } from './limit.js';
import { type Facts, type Log, reasonOf } from './log.js';
import type { Metrics } from './metrics.js';
import type { Platform } from './platform.js';

export interface TasksOptions {
  /** Unfinished tasks that are taken at most. */
  readonly most: number;
  /** Plans that are fetched or judged at once. */
  readonly slots: number;
}

export type Acceptance = 'accepted' | 'repeated' | 'busy' | 'stopping';

/** The platform gives up after 10 minutes without a word, and after 60 minutes in any case. */
const PROGRESS_EVERY = 4 * 60_000;
const LONGEST_WAIT = 50 * 60_000;
const LONGEST_TASK = 59 * 60_000;
/** Milliseconds to say that a task is alive. */
const LONGEST_WORD = 20_000;
/** Ids that are remembered: more than a platform sends in the hour that a task may last. */
const MOST_REMEMBERED = 100_000;
/** After the grace, milliseconds to tell the platform. */
const LAST_WORDS = 15_000;
const STOPPED = 'leasehold was stopped before it could judge this plan; run the task again';

/** A task without a result, and the two ways to give it up. */
class Unfinished {
  /** Judging it; its result says so. */
  readonly judging = new AbortController();
  /** Telling the platform. */
  readonly telling = new AbortController();
  done: Promise<void> = Promise.resolve();

  constructor(readonly task: RunTask) {}
}

export class Tasks {
  readonly #options: TasksOptions;
  readonly #platform: Platform;
  readonly #judges: Judges;
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #slots: Limit;
  readonly #seen = new Set<string>();
  readonly #unfinished = new Set<Unfinished>();
  readonly #progress: NodeJS.Timeout;
  #working = 0;
  #stopping = false;

  constructor(options: TasksOptions, platform: Platform, judges: Judges, log: Log, metrics: Metrics) {
    this.#options = options;
    this.#platform = platform;
    this.#judges = judges;
    this.#log = log;
    this.#metrics = metrics;
    this.#slots = new Limit(options.slots);
    this.#progress = setInterval(() => {
      for (const { task } of this.#unfinished) void this.#say(task);
    }, PROGRESS_EVERY).unref();
    this.#measure();
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** The same task once more is no new one: the platform has not got our answer. */
  accept(task: RunTask): Acceptance {
    if (this.#seen.has(task.id)) return 'repeated';
    if (this.#stopping) return 'stopping';
    if (this.#unfinished.size >= this.#options.most) return 'busy';
    this.#remember(task.id);
    const unfinished = new Unfinished(task);
    this.#unfinished.add(unfinished);
    this.#measure();
    unfinished.done = this.#work(unfinished).finally(() => {
      this.#unfinished.delete(unfinished);
      this.#measure();
    });
    return 'accepted';
  }

  /** Finishes what was accepted; what is not done after `grace` milliseconds is told to the platform as failed. */
  async stop(grace: number): Promise<void> {
    this.#stopping = true;
    const timers = [
      setTimeout(() => {
        for (const { judging } of this.#unfinished) judging.abort(new JudgeError(STOPPED));
      }, grace),
      setTimeout(() => {
        for (const { telling } of this.#unfinished) telling.abort();
      }, grace + LAST_WORDS),
    ];
    await Promise.all([...this.#unfinished].map(({ done }) => done));
    for (const timer of timers) clearTimeout(timer);
    clearInterval(this.#progress);
    this.#judges.close();
  }

  /** Never fails: whatever happens is told to the platform, and to the log where that cannot be. */
  async #work({ task, judging, telling }: Unfinished): Promise<void> {
    const start = performance.now();
    const seconds = (): number => Math.round(performance.now() - start) / 1000;
    const facts = { task: task.id, run: task.run, workspace: task.workspace, stage: task.stage };
    const timers = [
      setTimeout(() => judging.abort(new JudgeError('it did not get its turn in time')), LONGEST_WAIT),
      setTimeout(() => telling.abort(), LONGEST_TASK),
    ];
    const said = this.#say(task);
    let body: string;
    let result: string;
    try {
      const judged = await this.#slots.run(() => this.#judge(task, judging.signal));
      body = judged.body;
      result = judged.result;
      this.#log('info', 'judged', { ...facts, ...judged.facts, seconds: seconds() });
    } catch (error) {
      const why = reasonOf(judging.signal.aborted ? judging.signal.reason : error);
      body = taskResult('failed', `The plan could not be judged: ${why}`.slice(0, 1000));
      result = 'not_judged';
      this.#log('error', 'not judged', { ...facts, why, seconds: seconds() });
    }
    try {
      // The platform takes no word after the last one.
      await said;
      await this.#platform.report(task, body, telling.signal);
      this.#log('info', 'result delivered', { ...facts, result, seconds: seconds() });
    } catch (error) {
      result = 'not_delivered';
      this.#log('error', 'result not delivered', { ...facts, why: reasonOf(error), seconds: seconds() });
    }
    for (const timer of timers) clearTimeout(timer);
    this.#metrics.count('leasehold_tasks_total', 'Tasks that ended, by result.', { result });
    this.#metrics.took(seconds());
  }

  async #judge(task: RunTask, signal: AbortSignal): Promise<{ body: string; result: string; facts: Facts }> {
    signal.throwIfAborted();
    if (!task.planUrl || task.stage === 'pre_plan') {
      const message = 'There is no plan yet, and nothing was judged: use this run task after the plan';
      return { body: taskResult('passed', message), result: 'nothing_to_judge', facts: {} };
    }
    this.#working++;
    this.#measure();
    try {
      const plan = await this.#platform.plan(task.planUrl, task.token, signal);
      const bytes = plan.byteLength;
      const question = { plan, name: 'plan.json', outcomes: task.outcomes };
      const { body, decision, identities, errors } = await this.#judges.judge(question, signal);
      const result = decision === 'pass' ? 'passed' : 'failed';
      return { body, result, facts: { result, bytes, identities, errors } };
    } finally {
      this.#working--;
      this.#measure();
    }
  }

  /** A word to the platform that the task is alive; the next one comes where this one is lost. */
  async #say(task: RunTask): Promise<void> {
    const body = taskResult('running', 'Judging machine access');
    try {
      await this.#platform.report(task, body, AbortSignal.timeout(LONGEST_WORD), 2);
    } catch (error) {
      this.#log('warning', 'progress not delivered', { task: task.id, why: reasonOf(error) });
    }
  }

  #remember(id: string): void {
    this.#seen.add(id);
    const [oldest] = this.#seen;
    if (this.#seen.size > MOST_REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }

  #measure(): void {
    this.#metrics.gauge(
      'leasehold_tasks_unfinished',
      'Tasks that were accepted and have no result yet.',
      this.#unfinished.size,
    );
    this.#metrics.gauge('leasehold_plans_in_work', 'Plans that are fetched or judged now.', this.#working);
  }
}
