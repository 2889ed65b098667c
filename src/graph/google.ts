// Google Cloud: who holds which role on what, who may become a service account, and what everybody may reach.

import type { GoogleAclFacts, GooglePolicyFacts, ResourceFacts } from '../catalog/types.js';
import { blocks, isObject, type Json, own, strings } from '../plan/json.js';
import type { Resource } from '../plan/model.js';
import { hasSymbol, symbolsIn } from '../plan/symbol.js';
import { expressionAt, type Path, pathOf, read, readString } from '../plan/value.js';
import type { TokenSubject } from '../policy/federation.js';
import { type Condition, readCondition } from '../policy/google/condition.js';
import { type Duty, dutiesOf } from '../policy/google/duties.js';
import { flawOfProvider, readEntrance } from '../policy/google/federation.js';
import { becomes, judgeRole } from '../policy/google/judge.js';
import { type Member, readMember } from '../policy/google/members.js';
import type { Role } from '../policy/google/roles.js';
import { type Context, granteesOf, namedBy } from './context.js';
import type { Draft } from './draft.js';
import { endOf } from './ends.js';
import { googleIndex, providerOf } from './google-index.js';
import { link } from './links.js';
import type { Claim, End, Evidence, Way } from './model.js';

/** One role for some members, with the condition that it stands under. */
interface Binding {
  /** Undefined where it is known only after apply; `hidden` says through what. */
  readonly role: Role | undefined;
  readonly hidden: readonly string[];
  readonly members: readonly Holder[];
  readonly condition: Condition | undefined;
  /** References that hide what the condition pins; a moment that is hidden pins nothing. */
  readonly conditionHidden: readonly string[];
  readonly end: End;
  readonly evidence: Evidence;
}

type Holder =
  | Exclude<Member, { kind: 'service-account' }>
  /** Empty for an account that the plan does not declare. */
  | { readonly kind: 'service-account'; readonly email: string; readonly drafts: readonly Draft[] }
  /** Known only after apply, through references that may lead to a pool. */
  | { readonly kind: 'hidden'; readonly references: readonly string[]; readonly pools: readonly Resource[] }
  /** One of several; the plan does not say which. */
  | { readonly kind: 'candidates'; readonly drafts: readonly Draft[]; readonly reference: string };

const NO_END: End = { kind: 'none' };

export function addGoogle(resource: Resource, facts: ResourceFacts, context: Context): void {
  if (facts.googlePolicy) addPolicy(resource, facts.googlePolicy, context);
  if (facts.googleAcl) addAcl(resource, facts.googleAcl, context);
  if (facts.apiKey) addApiKey(resource, facts.apiKey.targets, context);
  if (facts.workload?.way) addWorkloadWays(resource, facts.workload.runsAs, context);
  if (facts.googleProvider) {
    const flaw = flawOfProvider(providerOf(resource, facts.googleProvider, context));
    const evidence = { address: resource.address, path: facts.googleProvider.condition };
    if (flaw) context.openings.push({ ...flaw, identity: null, evidence });
  }
}

function addPolicy(resource: Resource, facts: GooglePolicyFacts, context: Context): void {
  const bearers = [resource, ...namedBy(resource, [facts.on], context)];
  const targets = facts.level === 'service-account' ? accountsAt(resource, facts.on, context) : [];
  for (const binding of bindingsOf(resource, facts, context)) {
    const claim = claimOf(binding, facts.level);
    const isWay = facts.level === 'service-account' && (!binding.role || becomes(binding.role));
    for (const holder of binding.members) {
      if (isWay) for (const target of targets) letIn(target, holder, binding, context);
      else tellOutsiders(resource, facts, holder, binding, context);
      const duties = dutiesIn(binding, resource, facts, context);
      const given = {
        address: resource.address,
        evidence: binding.evidence,
        end: binding.end,
        bearers,
        ...(duties.length > 0 && holder.kind !== 'candidates' && { duties }),
      };
      for (const identity of draftsOf(holder, context))
        identity.grants.push({
          ...given,
          claim:
            holder.kind === 'candidates' ? { language: 'unknown', references: [holder.reference] } : claim,
        });
    }
  }
}

function dutiesIn(
  { role, condition, conditionHidden, end }: Binding,
  resource: Resource,
  { on }: GooglePolicyFacts,
  context: Context,
): Duty[] {
  if (!role || condition || conditionHidden.length > 0 || end.kind !== 'none') return [];
  const permissions = dutiesOf(role);
  const place = permissions.length > 0 ? readString(resource, pathOf(on), context.resolver) : undefined;
  return place === undefined ? [] : permissions.map((permission) => ({ permission, on: place }));
}

/** The service accounts that a policy stands on: `projects/shop/serviceAccounts/a@shop.iam.gserviceaccount.com`. */
function accountsAt(resource: Resource, path: string, context: Context): readonly Draft[] {
  const { identities, link: found } = granteesOf(resource, path, context);
  if (identities.length > 0) return identities;
  const { accounts } = googleIndex(context);
  return found.literals
    .map((name) => accounts.get(name.slice(name.lastIndexOf('/') + 1).toLowerCase()))
    .filter((one) => one !== undefined);
}

function claimOf(
  { role, hidden, condition, conditionHidden }: Binding,
  level: GooglePolicyFacts['level'],
): Claim {
  if (!role && level !== 'resource' && level !== 'service-account')
    return { language: 'unknown', references: hidden };
  const judged = judgeRole(role ?? { kind: 'custom', name: 'a role', permissions: [] }, level, condition);
  // Google takes no condition on the basic roles, so what it hides can only narrow what is less than them.
  if (judged.level === 'broad' && conditionHidden.length > 0)
    return { language: 'unknown', references: conditionHidden };
  return { language: 'judged', ...judged };
}

function draftsOf(holder: Holder, context: Context): readonly Draft[] {
  if (holder.kind === 'service-account' || holder.kind === 'candidates') return holder.drafts;
  if (holder.kind === 'kubernetes')
    return googleIndex(context).pods.get(`${holder.namespace}/${holder.name}`) ?? [];
  if (holder.kind === 'person' && holder.who.startsWith('group:'))
    return context.groups
      .find(holder.who.slice('group:'.length))
      .flatMap((group) => [...(context.members.get(group.address) ?? [])]);
  return [];
}

/** The holder may become the service account. */
function letIn(target: Draft, holder: Holder, binding: Binding, context: Context): void {
  const { evidence, end } = binding;
  for (const one of holder.kind === 'candidates' ? [] : draftsOf(holder, context))
    if (one !== target) {
      const [from, to] = [one.resource.address, target.resource.address];
      context.admissions.push({ identity: from, into: to, evidence });
      const how = binding.role?.name ?? 'a role known only after apply';
      context.declaredRoutes.push({ from, to, how, catalogue: [], evidence: [evidence] });
    }
  const way = (who: string, by: Way['by'], subjects: Way['subjects'] = []): void => {
    target.ways.push({ who, end, evidence, by, subjects });
  };
  const open = (id: string, text: string, help: string): void => {
    context.openings.push({ id, text, help, identity: target.resource.address, evidence });
  };
  switch (holder.kind) {
    case 'service-account':
      way(`service account ${holder.drafts[0]?.name ?? holder.email}`, 'workload');
      return;
    case 'candidates':
      target.callersUnknown.push(holder.reference);
      way('a service account known only after apply', 'workload');
      return;
    case 'kubernetes':
      if (holder.namespace === '*')
        open(
          'pods-of-cluster',
          'Every pod of the cluster, in any namespace, may become this service account',
          'Name one service account: serviceAccount:PROJECT.svc.id.goog[shop/checkout]',
        );
      way(
        holder.name === '*'
          ? `every service account of ${holder.namespace === '*' ? 'the cluster' : `namespace ${holder.namespace}`} (GKE)`
          : `service account ${holder.namespace}/${holder.name} (GKE)`,
        'workload',
        [podOf(holder)],
      );
      return;
    case 'federated': {
      const { who, reach, flaw, subjects } = entranceOf(holder, evidence, context);
      if (flaw) context.openings.push({ ...flaw, identity: target.resource.address, evidence });
      if (reach.kind === 'unknown') target.callersUnknown.push(`${evidence.address} ${evidence.path}`);
      way(who, 'workload', subjects);
      return;
    }
    case 'public':
      open(
        'public-impersonation',
        `${everybody(holder.who)} may become this service account`,
        'Name the identity that needs it, or take the binding away',
      );
      way(holder.who, undefined);
      return;
    case 'person':
      // A group may hold anything.
      way(holder.who, holder.who.startsWith('user:') ? 'person' : undefined);
      return;
    case 'unknown':
      target.callersUnknown.push(`${evidence.address} ${evidence.path}`);
      way('a member that is not understood', undefined);
      return;
    case 'hidden': {
      // Whatever the member names of the pool, its providers may already admit one repository alone.
      const providers = holder.pools.flatMap(
        ({ address }) => googleIndex(context).providers.get(address) ?? [],
      );
      const { who, reach } = readEntrance({ attribute: '*', value: '' }, providers);
      const pinned = providers.length > 0 && reach.kind === 'one';
      if (!pinned) target.callersUnknown.push(...holder.references);
      way(pinned ? who : 'a member known only after apply', pinned ? 'workload' : undefined);
    }
  }
}

/** The pod as its tokens name it. */
function podOf({ namespace, name }: { namespace: string; name: string }): TokenSubject {
  return {
    text: `system:serviceaccount:${namespace}:${name}`,
    source: `system:serviceaccount:${namespace}`,
  };
}

/** Whoever is let in to something without being an identity of the plan. */
function tellOutsiders(
  resource: Resource,
  facts: GooglePolicyFacts,
  holder: Holder,
  { role, evidence }: Binding,
  context: Context,
): void {
  const named = role?.name ?? 'a role';
  const on = facts.level === 'resource' ? thing(resource.type) : `this ${facts.level.replace('-', ' ')}`;
  if (holder.kind === 'public')
    context.openings.push({
      id: 'public-member',
      text: `${everybody(holder.who)} holds ${named} on ${on}`,
      help: 'Name the identities that need it; what is meant for the public is waived with a reason',
      identity: null,
      evidence,
    });
  if (holder.kind === 'federated') {
    const { flaw } = entranceOf(holder, evidence, context);
    if (flaw)
      context.openings.push({
        ...flaw,
        text: `${flaw.text}, and holds ${named} on ${on}`,
        identity: null,
        evidence,
      });
  }
}

/** `google_storage_bucket_iam_member` → `this storage bucket` */
function thing(type: string): string {
  return `this ${type
    .replace(/^google_/, '')
    .replace(/_iam_(?:member|binding|policy)$/, '')
    .replaceAll('_', ' ')}`;
}

function everybody(who: string): string {
  if (who === 'allUsers') return 'Everybody on the internet (allUsers)';
  if (who === 'allAuthenticatedUsers') return 'Everybody with a Google account (allAuthenticatedUsers)';
  return `Everybody of ${who.replace(/^domain:/, '')} (domain)`;
}

function entranceOf(
  holder: Extract<Member, { kind: 'federated' }>,
  evidence: Evidence,
  context: Context,
): ReturnType<typeof readEntrance> {
  const { pools, providers } = googleIndex(context);
  const resource = context.resolver.resource(evidence.address);
  const found = hasSymbol(holder.pool)
    ? resource
      ? poolsNamed(symbolsIn(holder.pool), resource, context)
      : []
    : pools.find(holder.pool);
  return readEntrance(
    holder,
    found.flatMap((pool) => providers.get(pool.address) ?? []),
  );
}

function poolsNamed(references: readonly string[], resource: Resource, context: Context): Resource[] {
  const { pools } = googleIndex(context);
  return context.resolver
    .targets({ references: [...references] }, context.resolver.placeOf(resource))
    .flatMap((target) => (target.vague ? [] : target.resources))
    .filter((one) => pools.has(one));
}

// Bindings, however they are written.

function bindingsOf(resource: Resource, facts: GooglePolicyFacts, context: Context): Binding[] {
  const path = facts.members;
  return path === 'policy_data'
    ? policyBindings(resource, context)
    : [bindingAt(resource, [], path, { address: resource.address, path }, context)];
}

/** The binding in a resource, or in a block of `google_iam_policy`. */
function bindingAt(
  resource: Resource,
  block: Path,
  members: 'member' | 'members',
  evidence: Evidence,
  context: Context,
): Binding {
  const role = roleAt(resource, [...block, 'role'], context);
  const expression: Path = [...block, 'condition', 'expression'];
  const written = read(resource, expression, context.resolver);
  const condition =
    written.state === 'known' && typeof written.value === 'string' ? readCondition(written.value) : undefined;
  return {
    ...role,
    members: holdersAt(resource, [...block, members], context),
    condition,
    conditionHidden:
      written.state === 'unknown' ? written.references.filter((one) => !/^time_/.test(one)) : [],
    end: endAt(resource, expression, written.state === 'unknown', condition, context),
    evidence,
  };
}

function endAt(
  resource: Resource,
  path: Path,
  hidden: boolean,
  condition: Condition | undefined,
  context: Context,
): End {
  const at = condition?.end;
  const evidence = { address: resource.address, path: path.join('.') };
  if (at && 'at' in at) return { kind: 'enforced', at: at.at, evidence };
  if (!hidden && !at) return NO_END;
  return endOf(resource, { end: [path.join('.')] }, context.now, context.resolver).end;
}

function policyBindings(resource: Resource, context: Context): Binding[] {
  const value = read(resource, ['policy_data'], context.resolver);
  if (value.state === 'known' && typeof value.value === 'string' && !hasSymbol(value.value))
    return parsedBindings(value.value, resource, context);
  const sources = context.resolver
    .targets(expressionAt(resource, ['policy_data']), context.resolver.placeOf(resource))
    .flatMap((target) => (target.vague ? [] : target.resources))
    .filter(({ type }) => type === 'google_iam_policy');
  return sources.flatMap((source) => {
    const bindings = read(source, ['binding'], context.resolver);
    return (bindings.state === 'known' ? blocks(bindings.value) : []).map((_, index) =>
      bindingAt(
        source,
        ['binding', index],
        'members',
        { address: resource.address, path: `policy_data, binding ${index + 1}` },
        context,
      ),
    );
  });
}

function parsedBindings(text: string, resource: Resource, context: Context): Binding[] {
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    return [];
  }
  return blocks(own(document, 'bindings')).map((binding, index) => {
    const name = own(binding, 'role');
    const expression = own(own(binding, 'condition'), 'expression');
    const condition = typeof expression === 'string' ? readCondition(expression) : undefined;
    const evidence = { address: resource.address, path: `policy_data, binding ${index + 1}` };
    const end = condition?.end;
    return {
      ...(typeof name === 'string' ? namedRole(name, context) : { role: undefined, hidden: [] }),
      members: strings(own(binding, 'members')).map((member) => holderOf(member, context)),
      condition,
      conditionHidden: [],
      end: end && 'at' in end ? { kind: 'enforced', at: end.at, evidence } : NO_END,
      evidence,
    };
  });
}

function roleAt(resource: Resource, path: Path, context: Context): Pick<Binding, 'role' | 'hidden'> {
  const { roles } = googleIndex(context);
  const value = read(resource, path, context.resolver);
  if (value.state === 'known' && typeof value.value === 'string' && !hasSymbol(value.value))
    return namedRole(value.value, context);
  const [custom] = link(resource, path.join('.'), roles, context.resolver).resources;
  if (custom) return customRole(custom, context);
  const hidden = value.state === 'unknown' ? value.references : [`${resource.address} ${path.join('.')}`];
  return { role: undefined, hidden };
}

function namedRole(name: string, context: Context): Pick<Binding, 'role' | 'hidden'> {
  if (name.startsWith('roles/')) return { role: { kind: 'predefined', name }, hidden: [] };
  const { roles } = googleIndex(context);
  const [custom] = [...roles.find(name), ...roles.find(name.slice(name.lastIndexOf('/') + 1))];
  return custom ? customRole(custom, context) : { role: undefined, hidden: [name] };
}

function customRole(resource: Resource, context: Context): Pick<Binding, 'role' | 'hidden'> {
  const path = googleIndex(context).permissions.get(resource.type) ?? 'permissions';
  const value = read(resource, pathOf(path), context.resolver);
  if (value.state === 'unknown') return { role: undefined, hidden: [`${resource.address} ${path}`] };
  const title = own(resource.values, 'role_id');
  return {
    role: {
      kind: 'custom',
      name: `custom role ${typeof title === 'string' ? title : resource.name}`,
      permissions: value.state === 'known' ? strings(value.value) : [],
    },
    hidden: [],
  };
}

/** Who is named: by the text where it is known, by the configuration's references where it is not. */
function holdersAt(resource: Resource, path: Path, context: Context): Holder[] {
  const value = read(resource, path, context.resolver);
  if (value.state === 'absent') return [];
  const holders = value.state === 'known' ? strings(value.value).map((text) => holderOf(text, context)) : [];
  const told = holders.filter(
    (holder) => !(holder.kind === 'service-account' && hasSymbol(holder.email)) && holder.kind !== 'unknown',
  );
  if (value.state === 'known' && told.length === holders.length) return holders;
  const targets = context.resolver.targets(expressionAt(resource, path), context.resolver.placeOf(resource));
  const seen = new Set(told.flatMap((holder) => draftsOf(holder, context)));
  let explained = false;
  for (const target of targets) {
    const drafts = target.resources
      .map((one) => context.drafts.get(one.address))
      .filter((one) => one !== undefined)
      .filter((one) => !seen.has(one));
    if (drafts.length === 0) continue;
    explained = true;
    for (const one of drafts) seen.add(one);
    told.push(
      target.vague && drafts.length > 1
        ? { kind: 'candidates', drafts, reference: target.text }
        : { kind: 'service-account', email: target.text, drafts },
    );
  }
  if (explained || seen.size > 0) return told;
  const hidden = value.state === 'unknown' ? value.references : [`${resource.address} ${path.join('.')}`];
  return [...told, { kind: 'hidden', references: hidden, pools: poolsNamed(hidden, resource, context) }];
}

function holderOf(text: string, context: Context): Holder {
  const member = readMember(text);
  if (member.kind !== 'service-account') return member;
  const found = googleIndex(context).accounts.get(member.email.toLowerCase());
  return { ...member, drafts: found ? [found] : [] };
}

// What is not IAM.

/** An entry of an access list: `allUsers`, `READER:allAuthenticatedUsers`, an email. */
function addAcl(resource: Resource, facts: GoogleAclFacts, context: Context): void {
  const entries =
    facts.block === undefined
      ? [resource.values]
      : blocks(own(resource.values, facts.block)).filter(isObject);
  for (const entry of entries)
    for (const path of facts.entities)
      for (const text of strings(own(entry, path))) {
        const evidence = {
          address: resource.address,
          path: facts.block === undefined ? path : `${facts.block}.${path}`,
        };
        const who = publicEntity(path, text);
        if (who !== undefined)
          context.openings.push({
            id: 'public-member',
            text: `${everybody(who)} is on the access list`,
            help: 'Name the identities that need it; what is meant for the public is waived with a reason',
            identity: null,
            evidence,
          });
        const email = text.replace(/^(?:[A-Z]+:)?(?:user-|serviceAccount:)?/, '').toLowerCase();
        const identity = googleIndex(context).accounts.get(email);
        identity?.grants.push({
          address: resource.address,
          evidence,
          claim: {
            language: 'judged',
            level: 'bounded',
            text: 'an entry in the access list of one resource',
            escalates: undefined,
            handsOutRights: false,
          },
          end: NO_END,
          bearers: [resource],
        });
      }
}

function publicEntity(path: string, text: string): string | undefined {
  if (path === 'domain') return `domain:${text}`;
  const entity = /(?:^|:)(allUsers|allAuthenticatedUsers)$/.exec(text)?.[1];
  if (entity !== undefined) return entity;
  if (/^publicRead/.test(text)) return 'allUsers';
  if (text === 'authenticatedRead') return 'allAuthenticatedUsers';
  const domain = /(?:^|:)domain-(.+)$/.exec(text)?.[1];
  return domain === undefined ? undefined : `domain:${domain}`;
}

/** https://cloud.google.com/docs/authentication/api-keys#adding-api-restrictions */
function addApiKey(resource: Resource, path: string, context: Context): void {
  const identity = context.drafts.get(resource.address);
  // Bound to a service account, it may what the account may.
  if (!identity || identity.resource !== resource) return;
  const targets = read(resource, pathOf(path), context.resolver);
  const services =
    targets.state === 'known' ? blocks(targets.value).flatMap((one) => strings(own(one, 'service'))) : [];
  identity.grants.push({
    address: resource.address,
    evidence: { address: resource.address, path: services.length > 0 ? path : '' },
    claim: {
      language: 'judged',
      level: targets.state === 'unknown' || services.length > 0 ? 'bounded' : 'broad',
      text:
        services.length > 0 ? `API key for ${services.join(', ')}` : 'API key for every API of the project',
      escalates: undefined,
      handsOutRights: false,
    },
    end: NO_END,
    bearers: [resource],
  });
}

/** What runs as a service account is a way to become it, and one that does not end by itself. */
function addWorkloadWays(resource: Resource, paths: readonly string[], context: Context): void {
  for (const path of paths)
    for (const identity of granteesOf(resource, path, context).identities)
      identity.ways.push({
        who: `runs ${resource.address}`,
        end: NO_END,
        by: 'workload',
        evidence: { address: resource.address, path },
      });
}
