// `leasehold.yaml` → what a run needs, with everything checked and resolved. Pure: files are read by the caller.

import { parseDuration } from '../access/duration.js';
import { parseDate } from '../access/end.js';
import { InputError } from '../input/read-plan.js';
import type { JudgeOptions, OwnerDirectory, PackageTerms } from '../verdict/model.js';
import { addressGlob } from './address-glob.js';
import { ConfigError, type ConfigFile, type Path, quoted, readConfigFile } from './config-file.js';
import { checkSchema, nameOf, notLike, unknownName } from './config-problem.js';
import type { ExpressionRule } from './expression-rule.js';
import { CATEGORIES, type Profile, type Severity } from './finding.js';
import { environments, type NeighbourSettings, vendors } from './neighbours.js';
import { type ListedOwner, listedOwner, ownerDirectory, ownerFileReader } from './owner-directory.js';
import type { Limits } from './rule.js';
import { type Config, EMPTY_CONFIG } from './settings.js';
import type { Waiver } from './waiver.js';

export { ConfigError };

export interface ConfigContext {
  /** Ids that `rules` and `waivers` may name; undefined where rules are left out, so that nobody knows all. */
  readonly knownRules: readonly string[] | undefined;
  /** The text of a file whose path is relative to the configuration. @throws InputError */
  readonly readFile: (relative: string) => string;
}

/** What the schema lets through. */
interface Settings extends NeighbourSettings {
  readonly profile?: Profile;
  readonly failOn?: Severity | 'never';
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  readonly limits?: Readonly<Partial<Record<keyof Limits, number | string>>>;
  readonly keys?: JudgeOptions['keys'];
  readonly owners?: {
    readonly file?: string;
    readonly list?: readonly ListedOwner[];
    readonly offboarded?: readonly string[];
  };
  readonly accounts?: readonly KnownId[];
  readonly tenants?: readonly KnownId[];
  readonly packages?: readonly {
    readonly name: string;
    readonly match?: readonly string[];
    readonly owner?: string;
    readonly expires?: string;
    readonly purpose?: string;
  }[];
  readonly customRules?: {
    readonly modules?: readonly string[];
    readonly expressions?: readonly (Omit<ExpressionRule, 'category' | 'location'> & { category: string })[];
  };
  readonly baseline?: string;
  readonly waiversInCode?: boolean;
  readonly waivers?: readonly {
    readonly rule: string;
    readonly address: string;
    readonly reason: string;
    readonly owner: string;
    readonly expires: string;
    readonly controls?: readonly string[];
    readonly ticket?: string;
    readonly retires?: string;
  }[];
}
type KnownId = string | { readonly id: string };

/** A file that fits the schema. Its names of rules are checked when the rules it brings are loaded. */
export interface OpenedConfig {
  readonly customRules: CustomRules;
  /** @throws ConfigError with one line: file, line, column, what is wrong, what would be right */
  readonly read: (context: ConfigContext) => Config;
}

/** What a configuration says about rules of its own. */
export interface CustomRules {
  /** Paths relative to the configuration. */
  readonly modules: readonly string[];
  readonly expressions: readonly ExpressionRule[];
}

const NO_RULES: CustomRules = { modules: [], expressions: [] };

/**
 * Reads YAML or JSON; an empty file configures nothing.
 * @param path shown in errors and in the locations of waivers
 * @throws ConfigError with one line: file, line, column, what is wrong, what would be right
 */
export function openConfig(path: string, text: string): OpenedConfig {
  const file = readConfigFile(path, text);
  if (file.value === null) return { customRules: NO_RULES, read: () => EMPTY_CONFIG };
  checkSchema(file);
  const settings = file.value as Settings;
  return {
    customRules: customRules(settings, file),
    read: (context) => ({
      profile: settings.profile,
      failOn: settings.failOn,
      severities: severities(settings, file, context.knownRules),
      limits: limits(settings, file),
      keys: settings.keys ?? {},
      directory: directory(settings, file, context),
      knownAccounts: [...(settings.accounts ?? []), ...(settings.tenants ?? [])].map(idOf),
      environments: environments(settings),
      vendors: vendors(settings, file),
      packages: packages(settings, file),
      waivers: waivers(settings, file, context.knownRules),
      waiversInCode: settings.waiversInCode,
      baseline: settings.baseline,
    }),
  };
}

/** The same at once, for a configuration without rules of its own. */
export function parseConfig(path: string, text: string, context: ConfigContext): Config {
  return openConfig(path, text).read(context);
}

function customRules({ customRules = {} }: Settings, file: ConfigFile): CustomRules {
  const { modules = [], expressions = [] } = customRules;
  for (const [index, path] of modules.entries()) {
    if (/\.[cm]?[jt]s$/.test(path)) continue;
    const problem = `${quoted(path)} is no module; expected a .js, .mjs or .ts file`;
    throw new ConfigError(file.place(['customRules', 'modules', index]), problem);
  }
  return {
    modules,
    expressions: expressions.map((rule, index) => {
      const path = ['customRules', 'expressions', index];
      const category = CATEGORIES.find((one) => one === rule.category);
      if (!category) {
        const problem = unknownName('category', rule.category, CATEGORIES, `one of ${CATEGORIES.join(', ')}`);
        throw new ConfigError(file.place([...path, 'category']), problem);
      }
      return { ...rule, category, location: file.place([...path, 'deny']) };
    }),
  };
}

function severities(
  { rules = {} }: Settings,
  file: ConfigFile,
  known: readonly string[] | undefined,
): Config['severities'] {
  for (const rule of Object.keys(rules)) {
    if (known && !known.includes(rule))
      throw new ConfigError(
        file.keyPlace(['rules', rule]),
        unknownName('rule', rule, known, RULES_ARE_LISTED),
      );
  }
  return new Map(Object.entries(rules));
}

const RULES_ARE_LISTED = '`leasehold rules` lists them';
const DAY = 86_400_000;

function limits({ limits = {} }: Settings, file: ConfigFile): Config['limits'] {
  const days = Object.entries(limits).map(([name, term]) => {
    const length = typeof term === 'number' ? term * DAY : parseDuration(term);
    if (length === undefined) throw notValid(file, ['limits', name], '90d');
    return [name, length / DAY];
  });
  return Object.fromEntries(days);
}

function directory(
  { owners }: Settings,
  file: ConfigFile,
  { readFile }: ConfigContext,
): OwnerDirectory | undefined {
  if (!owners) return undefined;
  const { file: path, list = [], offboarded = [] } = owners;
  if (path === undefined && list.length === 0)
    throw new ConfigError(file.place(['owners']), 'owners needs "file" or "list"');
  const entries = list.map(listedOwner);
  if (path !== undefined) {
    const place = file.place(['owners', 'file']);
    const read = ownerFileReader(path);
    if (!read)
      throw new ConfigError(place, 'owners.file must be a .yaml, .yml, .json or .csv file, or CODEOWNERS');
    entries.push(...read(textOf(path, readFile, place)));
  }
  return ownerDirectory(entries, offboarded);
}

function textOf(
  path: string,
  readFile: ConfigContext['readFile'],
  place: ReturnType<ConfigFile['place']>,
): string {
  try {
    return readFile(path);
  } catch (error) {
    if (error instanceof InputError) throw new ConfigError(place, error.message);
    throw error;
  }
}

function idOf(known: KnownId): string {
  return (typeof known === 'string' ? known : known.id).toLowerCase();
}

function packages({ packages = [] }: Settings, file: ConfigFile): PackageTerms[] {
  const names = new Set<string>();
  return packages.map(({ name, match = [], owner, expires, purpose }, index) => {
    const path = ['packages', index];
    if (names.has(name))
      throw new ConfigError(file.place([...path, 'name']), `${nameOf([...path, 'name'])} stands here twice`);
    names.add(name);
    if (expires !== undefined && !parseDate(expires) && parseDuration(expires) === undefined)
      throw notValid(file, [...path, 'expires'], '2027-03-31');
    const globs = match.map(addressGlob);
    return { name, owner, expires, purpose, matches: (address) => globs.some((matches) => matches(address)) };
  });
}

function waivers(
  { waivers = [] }: Settings,
  file: ConfigFile,
  knownRules: readonly string[] | undefined,
): Waiver[] {
  const known = knownRules && [...knownRules, ...CATEGORIES];
  return waivers.map((waiver, index) => {
    const path = ['waivers', index];
    if (known && !known.includes(waiver.rule)) {
      const problem = unknownName('rule or category', waiver.rule, known, RULES_ARE_LISTED);
      throw new ConfigError(file.place([...path, 'rule']), problem);
    }
    const until = parseDate(waiver.expires);
    if (!until) throw notValid(file, [...path, 'expires'], '2027-03-31');
    const { controls = [], ticket, retires } = waiver;
    if (retires !== undefined) checkRetirement(waiver, retires, until, file, path);
    return { ...waiver, until, controls, ticket, retires, location: file.place(path) };
  });
}

/** A legacy exception names what limits its risk, and does not outlast what it is about. */
function checkRetirement(
  { controls = [] }: { controls?: readonly string[] },
  retires: string,
  until: Date,
  file: ConfigFile,
  path: Path,
): void {
  const retired = parseDate(retires);
  if (!retired) throw notValid(file, [...path, 'retires'], '2028-06-30');
  const [problem] = [
    ...(controls.length === 0
      ? ['has "retires", so it needs "controls": what limits the risk until then']
      : []),
    ...(until > retired ? ['expires after it "retires"'] : []),
  ];
  if (problem !== undefined) throw new ConfigError(file.place(path), `${nameOf(path)} ${problem}`);
}

function notValid(file: ConfigFile, path: Path, example: string): ConfigError {
  return new ConfigError(file.place(path), `${nameOf(path)} ${notLike(example)}`);
}
