// Many plans and states → one list of identities, each once, with the files that speak of it; and what that comes to by
// owner and by package.

import { WORLDWIDE_ID, WORLDWIDE_IDS } from '../catalog/worldwide-ids.js';
import type { Graph } from '../graph/model.js';
import type { Input } from '../input/read-plan.js';
import { type Json, own } from '../plan/json.js';
import type { Action, Resource } from '../plan/model.js';
import { byAddress } from '../plan/plan-json.js';
import { hasSymbol } from '../plan/symbol.js';
import { pathOf } from '../plan/value.js';
import type { ScopeVerdict } from '../policy/scope-verdict.js';
import type {
  ExpiryJudgement,
  ExpiryVerdict,
  JudgedIdentity,
  OwnerJudgement,
  OwnerVerdict,
  ScopeJudgement,
} from './model.js';
import { type CredentialView, viewOf } from './view.js';

/** Where an identity was found. */
export interface Source {
  readonly path: string;
  readonly kind: Input['kind'];
  readonly address: string;
  readonly action: Action;
}

export interface ListedIdentity {
  /** What names it worldwide: an ARN, a client id; null where that is known only after apply, or nowhere. */
  readonly id: string | null;
  /** In its first source. */
  readonly address: string;
  readonly kind: string;
  readonly name: string;
  readonly package: string | null;
  readonly purpose: string | null;
  /** Where sources disagree, the weakest word of all. */
  readonly owner: OwnerJudgement;
  readonly expiry: ExpiryJudgement;
  readonly scope: ScopeJudgement;
  readonly privileged: boolean;
  readonly credentials: readonly CredentialView[];
  readonly workloads: readonly string[];
  readonly environments: readonly string[];
  /** In the order the files were given. */
  readonly sources: readonly Source[];
}

/** What one owner answers for, or one package holds. */
export interface Tally {
  readonly name: string | null;
  readonly identities: number;
  readonly credentials: number;
  readonly privileged: number;
  /** The earliest moment that access of it ends; null where none does. */
  readonly firstEnd: Date | null;
}

export interface Inventory {
  readonly inputs: readonly (Input & { readonly now: Date })[];
  /** Sorted by address, then by id. */
  readonly identities: readonly ListedIdentity[];
  /** Sorted by name; the identities of nobody first, under null. */
  readonly owners: readonly Tally[];
  readonly packages: readonly Tally[];
  /** Resources that smell of identity and are of a type that the catalog does not know. */
  readonly notCovered: readonly { readonly path: string; readonly address: string; readonly type: string }[];
}

/** Takes one judged plan after the other, and holds on to none of them. */
export class InventoryBuilder {
  readonly #inputs: Inventory['inputs'][number][] = [];
  readonly #notCovered: Inventory['notCovered'][number][] = [];
  readonly #found = new Map<string, Found>();

  add(
    input: Input,
    now: Date,
    { graph, identities }: { readonly graph: Graph; readonly identities: readonly JudgedIdentity[] },
    resources: readonly Resource[],
  ): void {
    this.#inputs.push({ ...input, now });
    for (const one of graph.uncovered) this.#notCovered.push({ path: input.path, ...one });
    const ids = new Map(resources.map((one) => [one.address, worldwideId(one)]));
    for (const judged of identities) {
      const id = worldwideId(judged.identity.resource);
      // Without an id two addresses are two identities, but bytes that were given twice are one file.
      const key = JSON.stringify([judged.identity.kind, id ?? [input.sha256, judged.identity.address]]);
      const one = found(judged, id, input, ids);
      const earlier = this.#found.get(key);
      this.#found.set(key, earlier ? joined(earlier, one) : one);
    }
  }

  finish(): Inventory {
    const identities = [...this.#found.values()]
      .map(({ listed, credentials }) => ({ ...listed, credentials: credentials.map(({ view }) => view) }))
      .sort((a, b) => byAddress(a, b) || order(a.id ?? '', b.id ?? ''));
    return {
      inputs: this.#inputs,
      identities,
      owners: tallies(identities, ({ owner }) => accountable(owner)),
      packages: tallies(identities, (one) => one.package).filter(({ name }) => name !== null),
      notCovered: this.#notCovered,
    };
  }
}

/** While files are read: with the ids of credentials, which are nobody else's business. */
interface Found {
  readonly listed: Omit<ListedIdentity, 'credentials'>;
  readonly credentials: readonly { readonly id: string | null; readonly view: CredentialView }[];
}

function found(
  judged: JudgedIdentity,
  id: string | null,
  { path, kind }: Input,
  ids: ReadonlyMap<string, string | null>,
): Found {
  const view = viewOf(judged);
  return {
    listed: {
      id,
      address: view.address,
      kind: view.kind,
      name: view.name,
      package: view.package,
      purpose: view.purpose,
      owner: judged.owner,
      expiry: judged.expiry,
      scope: judged.scope,
      privileged: view.privileged,
      workloads: view.workloads,
      environments: [...new Set(view.environments)],
      sources: [{ path, kind, address: view.address, action: judged.identity.resource.action }],
    },
    credentials: view.credentials.map((one) => ({ id: ids.get(one.address) ?? null, view: one })),
  };
}

/** One identity, as two files tell of it. */
function joined(a: Found, b: Found): Found {
  const one = a.listed;
  const other = b.listed;
  return {
    listed: {
      ...one,
      package: one.package ?? other.package,
      purpose: one.purpose ?? other.purpose,
      owner: weaker(OWNER, one.owner, other.owner),
      expiry: weaker(EXPIRY, one.expiry, other.expiry),
      scope: weaker(SCOPE, one.scope, other.scope),
      privileged: one.privileged || other.privileged,
      workloads: [...new Set([...one.workloads, ...other.workloads])],
      environments: [...new Set([...one.environments, ...other.environments])].sort(),
      sources: [...one.sources, ...other.sources],
    },
    credentials: [
      ...a.credentials,
      ...b.credentials.filter((late) => !a.credentials.some((early) => isSame(early, late))),
    ],
  };
}

function isSame(a: Found['credentials'][number], b: Found['credentials'][number]): boolean {
  return a.id !== null && b.id !== null ? a.id === b.id : a.view.address === b.view.address;
}

/** Best first, as the contract lists them. */
const OWNER: readonly OwnerVerdict[] = ['verified', 'declared', 'undecided', 'invalid', 'missing'];
const EXPIRY: readonly ExpiryVerdict[] = [
  'enforced',
  'scheduled',
  'declared',
  'undecided',
  'expired',
  'missing',
];
const SCOPE: readonly ScopeVerdict[] = ['bounded', 'undecided', 'broad', 'unbounded'];

function weaker<V, T extends { readonly verdict: V }>(best: readonly V[], a: T, b: T): T {
  return best.indexOf(b.verdict) > best.indexOf(a.verdict) ? b : a;
}

function worldwideId(resource: Resource): string | null {
  for (const path of WORLDWIDE_IDS) {
    const value = known(resource, path);
    if (value !== null) return value;
  }
  const id = known(resource, 'id');
  return id !== null && WORLDWIDE_ID.test(id) ? id : null;
}

/** Only a value that the platform gave is one: before apply there is none. */
function known({ values }: Resource, path: string): string | null {
  let value: Json | undefined = values;
  for (const part of pathOf(path)) value = own(Array.isArray(value) ? value[0] : value, String(part));
  return typeof value === 'string' && value !== '' && !hasSymbol(value) ? value : null;
}

function accountable({ verdict, value }: OwnerJudgement): string | null {
  return verdict === 'verified' || verdict === 'declared' ? value : null;
}

function tallies(
  identities: readonly ListedIdentity[],
  nameOf: (identity: ListedIdentity) => string | null,
): Tally[] {
  const groups = new Map<string | null, ListedIdentity[]>();
  for (const one of identities) {
    const name = nameOf(one);
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return [...groups]
    .map(([name, own]) => ({
      name,
      identities: own.length,
      credentials: own.reduce((sum, { credentials }) => sum + credentials.length, 0),
      privileged: own.filter(({ privileged }) => privileged).length,
      firstEnd: earliest(own.flatMap(({ expiry }) => expiry.at ?? [])),
    }))
    .sort((a, b) => order(a.name ?? '', b.name ?? ''));
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.reduce<Date | null>((first, one) => (first === null || one < first ? one : first), null);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
