// The controls that rules answer to: official ids, and the older names that teams still write. Loaded where one is asked for.

import { closest } from './suggest.js';

/** One control of a published framework. */
export interface Control {
  /** As its publisher writes it: `NHI5:2025`, `PR.AA-05`, `AC-6(5)`. */
  readonly id: string;
  readonly title: string;
  /** Id of the framework: `owasp-nhi`. */
  readonly framework: string;
  readonly url: string;
}

export interface Framework {
  /** What `--framework` takes: `owasp-nhi`. */
  readonly id: string;
  readonly title: string;
  readonly controls: readonly Control[];
}

type Source = readonly [
  id: string,
  title: string,
  url: (control: string) => string,
  controls: Readonly<Record<string, string>>,
];

const SOURCES: readonly Source[] = [
  [
    'owasp-nhi',
    'OWASP Non-Human Identities Top 10, 2025',
    () => 'https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025/',
    {
      'NHI1:2025': 'Improper Offboarding',
      'NHI2:2025': 'Secret Leakage',
      'NHI3:2025': 'Vulnerable Third-Party NHI',
      'NHI4:2025': 'Insecure Authentication',
      'NHI5:2025': 'Overprivileged NHI',
      'NHI6:2025': 'Insecure Cloud Deployment Configurations',
      'NHI7:2025': 'Long-Lived Secrets',
      'NHI8:2025': 'Environment Isolation',
      'NHI9:2025': 'NHI Reuse',
      'NHI10:2025': 'Human Use of NHI',
    },
  ],
  [
    'owasp-agentic',
    'OWASP Top 10 for Agentic Applications, 2026',
    () => 'https://genai.owasp.org/resource/owasp-top-10-for-agentic-applications-for-2026/',
    {
      ASI01: 'Agent Goal Hijack',
      ASI02: 'Tool Misuse and Exploitation',
      ASI03: 'Identity and Privilege Abuse',
      ASI04: 'Agentic Supply Chain Vulnerabilities',
      ASI05: 'Unexpected Code Execution (RCE)',
      ASI06: 'Memory & Context Poisoning',
      ASI07: 'Insecure Inter-Agent Communication',
      ASI08: 'Cascading Failures',
      ASI09: 'Human-Agent Trust Exploitation',
      ASI10: 'Rogue Agents',
    },
  ],
  [
    'nist-800-53',
    'NIST SP 800-53, revision 5',
    (control) =>
      `https://csrc.nist.gov/projects/cprt/catalog#/cprt/framework/version/SP_800_53_5_1_1/home?element=${control.replace(/\(.*/, '')}`,
    {
      'AC-2': 'Account Management',
      'AC-2(1)': 'Automated System Account Management',
      'AC-2(2)': 'Automated Temporary and Emergency Account Management',
      'AC-2(3)': 'Disable Accounts',
      'AC-2(7)': 'Privileged User Accounts',
      'AC-2(9)': 'Restrictions on Use of Shared and Group Accounts',
      'AC-3': 'Access Enforcement',
      'AC-3(7)': 'Role-based Access Control',
      'AC-3(8)': 'Revocation of Access Authorizations',
      'AC-4': 'Information Flow Enforcement',
      'AC-5': 'Separation of Duties',
      'AC-6': 'Least Privilege',
      'AC-6(1)': 'Authorize Access to Security Functions',
      'AC-6(5)': 'Privileged Accounts',
      'AC-6(7)': 'Review of User Privileges',
      'AC-17': 'Remote Access',
      'AC-20': 'Use of External Systems',
      'AC-24': 'Access Control Decisions',
      'AU-2': 'Event Logging',
      'AU-12': 'Audit Record Generation',
      'CA-7': 'Continuous Monitoring',
      'CM-2': 'Baseline Configuration',
      'CM-3': 'Configuration Change Control',
      'CM-5': 'Access Restrictions for Change',
      'CM-6': 'Configuration Settings',
      'CM-8': 'System Component Inventory',
      'IA-2': 'Identification and Authentication (Organizational Users)',
      'IA-3': 'Device Identification and Authentication',
      'IA-4': 'Identifier Management',
      'IA-5': 'Authenticator Management',
      'IA-5(1)': 'Password-based Authentication',
      'IA-5(2)': 'Public Key-based Authentication',
      'IA-5(6)': 'Protection of Authenticators',
      'IA-5(7)': 'No Embedded Unencrypted Static Authenticators',
      'IA-5(8)': 'Multiple System Accounts',
      'IA-8': 'Identification and Authentication (Non-organizational Users)',
      'IA-9': 'Service Identification and Authentication',
      'PS-4': 'Personnel Termination',
      'PS-5': 'Personnel Transfer',
      'PS-7': 'External Personnel Security',
      'SA-9': 'External System Services',
      'SC-12': 'Cryptographic Key Establishment and Management',
      'SC-28': 'Protection of Information at Rest',
      'SI-7': 'Software, Firmware, and Information Integrity',
      'SR-3': 'Supply Chain Controls and Processes',
    },
  ],
  [
    'csf-2.0',
    'NIST Cybersecurity Framework 2.0, identity management, authentication and access control',
    () => 'https://csrc.nist.gov/projects/cprt/catalog#/cprt/framework/version/CSF_2_0_0/home?element=PR.AA',
    {
      'PR.AA-01': 'Identities and credentials are managed by the organization',
      'PR.AA-02': 'Identities are proofed and bound to credentials',
      'PR.AA-03': 'Users, services, and hardware are authenticated',
      'PR.AA-04': 'Identity assertions are protected, conveyed, and verified',
      'PR.AA-05': 'Permissions and entitlements are managed, enforced, reviewed, and least privilege',
      'PR.AA-06': 'Physical access to assets is managed, monitored, and enforced',
    },
  ],
  [
    'nist-800-207',
    'NIST SP 800-207, zero trust: the tenets of section 2.1',
    () => 'https://csrc.nist.gov/pubs/sp/800/207/final',
    {
      'SP800-207/1': 'All data sources and computing services are resources',
      'SP800-207/2': 'All communication is secured regardless of network location',
      'SP800-207/3': 'Access to resources is granted per session',
      'SP800-207/4': 'Access is determined by dynamic policy',
      'SP800-207/5': 'Integrity and posture of all assets are monitored and measured',
      'SP800-207/6': 'Authentication and authorization are dynamic and strictly enforced before access',
      'SP800-207/7': 'Information about assets and access is collected and used to improve',
    },
  ],
  [
    'nist-ai-rmf',
    'NIST AI Risk Management Framework 1.0, Govern',
    () => 'https://airc.nist.gov/airmf-resources/airmf/5-sec-core/',
    {
      'GOVERN 1.2': 'Characteristics of trustworthy AI are part of policies and practices',
      'GOVERN 1.4': 'Risk management is established through transparent policies and controls',
      'GOVERN 1.5': 'Monitoring and periodic review are planned, with roles and rhythm',
      'GOVERN 1.6': 'AI systems are inventoried',
      'GOVERN 1.7': 'AI systems are decommissioned safely',
      'GOVERN 2.1': 'Roles and responsibilities are documented and clear',
      'GOVERN 3.2': 'Roles in human oversight of AI systems are defined',
      'GOVERN 6.1': 'Policies address the risks of third parties',
      'GOVERN 6.2': 'Contingency processes handle failures of third parties',
    },
  ],
  [
    'cis-aws',
    'CIS Amazon Web Services Foundations Benchmark v3.0.0, titles shortened',
    () => 'https://www.cisecurity.org/benchmark/amazon_web_services',
    {
      'CIS-AWS-3.0.0/1.13': 'One active access key per user at most',
      'CIS-AWS-3.0.0/1.14': 'Access keys are rotated every 90 days',
      'CIS-AWS-3.0.0/1.15': 'Users get permissions through groups only',
      'CIS-AWS-3.0.0/1.16': 'No policy with full administrative privileges is attached',
      'CIS-AWS-3.0.0/1.18': 'Instances use roles to reach resources',
      'CIS-AWS-3.0.0/1.19': 'Expired certificates are removed',
    },
  ],
  [
    'cis-azure',
    'CIS Microsoft Azure Foundations Benchmark v2.0.0, titles shortened',
    () => 'https://www.cisecurity.org/benchmark/azure',
    {
      'CIS-AZURE-2.0.0/1.23': 'No custom role administers a subscription',
      'CIS-AZURE-2.0.0/3.4': 'Storage account keys are regenerated periodically',
      'CIS-AZURE-2.0.0/3.6': 'Shared access signatures expire within an hour',
      'CIS-AZURE-2.0.0/8.3': 'Secrets in role-based key vaults have an expiration date',
      'CIS-AZURE-2.0.0/8.4': 'Secrets in other key vaults have an expiration date',
      'CIS-AZURE-2.0.0/8.6': 'Key vaults use role-based access control',
    },
  ],
];

export const FRAMEWORKS: readonly Framework[] = SOURCES.map(([id, title, url, controls]) => ({
  id,
  title,
  controls: Object.entries(controls).map(([control, heading]) => ({
    id: control,
    title: heading,
    framework: id,
    url: url(control),
  })),
}));

/**
 * Older and looser names of controls. CSF 1.1 as NIST maps it to 2.0: https://www.nist.gov/cyberframework.
 * `NHI-02` and `NHI-03` were in use for other risks before the list of 2025 gave the numbers: both readings are meant.
 */
const CONTROL_ALIASES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => index + 1).flatMap((number) => [
      [`NHI${number}`, [`NHI${number}:2025`]],
      [`NHI-${String(number).padStart(2, '0')}`, [`NHI${number}:2025`]],
    ]),
  ),
  'NHI-02': ['NHI2:2025', 'NHI5:2025'],
  'NHI-03': ['NHI3:2025', 'NHI5:2025', 'NHI7:2025'],
  'A-04': ['ASI03'],
  'PR.AC-1': ['PR.AA-01', 'PR.AA-05'],
  'PR.AC-2': ['PR.AA-06'],
  'PR.AC-3': ['PR.AA-03', 'PR.AA-05'],
  'PR.AC-4': ['PR.AA-05'],
  'PR.AC-6': ['PR.AA-02'],
  'PR.AC-7': ['PR.AA-03'],
};

const FRAMEWORK_ALIASES: Readonly<Record<string, readonly string[]>> = {
  owasp: ['owasp-nhi', 'owasp-agentic'],
  nhi: ['owasp-nhi'],
  'nhi-top-10': ['owasp-nhi'],
  asi: ['owasp-agentic'],
  agentic: ['owasp-agentic'],
  nist: ['nist-800-53', 'csf-2.0', 'nist-800-207', 'nist-ai-rmf'],
  'sp-800-53': ['nist-800-53'],
  '800-53': ['nist-800-53'],
  csf: ['csf-2.0'],
  'nist-csf': ['csf-2.0'],
  'nist-csf-2.0': ['csf-2.0'],
  'pr.aa': ['csf-2.0'],
  'pr.ac': ['csf-2.0'],
  'csf-1.1': ['csf-2.0'],
  'sp-800-207': ['nist-800-207'],
  '800-207': ['nist-800-207'],
  'zero-trust': ['nist-800-207'],
  'ai-rmf': ['nist-ai-rmf'],
  govern: ['nist-ai-rmf'],
  cis: ['cis-aws', 'cis-azure'],
};

let names: ReadonlyMap<string, readonly Control[]> | undefined;

/** Every name that is understood, in the form that `plain` gives it. */
function knownNames(): ReadonlyMap<string, readonly Control[]> {
  if (names) return names;
  const all = FRAMEWORKS.flatMap(({ controls }) => controls);
  const ofFramework = (id: string): readonly Control[] => all.filter(({ framework }) => framework === id);
  names = new Map<string, readonly Control[]>([
    ...Object.entries(FRAMEWORK_ALIASES).map(
      ([alias, ids]) => [plain(alias), ids.flatMap(ofFramework)] as const,
    ),
    ...FRAMEWORKS.map(({ id, controls }) => [plain(id), controls] as const),
    ...Object.entries(CONTROL_ALIASES).map(
      ([alias, ids]) => [plain(alias), all.filter(({ id }) => ids.includes(id))] as const,
    ),
    ...all.map((control) => [plain(control.id), [control]] as const),
  ]);
  return names;
}

/** Case and separators do not tell names apart: `asi-03`, `ASI03`; `govern-1.6`, `GOVERN 1.6`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s:_-]/g, '');
}

/** The control with this official id; undefined for aliases too, since reports print none. */
export function controlOf(id: string): Control | undefined {
  return FRAMEWORKS.flatMap(({ controls }) => controls).find((control) => control.id === id);
}

/**
 * The controls that names of frameworks, ids and aliases stand for, in the order of the registry.
 * @returns a one-line problem for a name that is none of them
 */
export function selectControls(
  asked: readonly string[],
): { readonly controls: readonly Control[] } | { readonly problem: string } {
  const wanted = new Set<Control>();
  for (const name of asked) {
    const controls = knownNames().get(plain(name));
    if (!controls) return { problem: unknownControl(name) };
    for (const control of controls) wanted.add(control);
  }
  return { controls: FRAMEWORKS.flatMap(({ controls }) => controls).filter((one) => wanted.has(one)) };
}

function unknownControl(name: string): string {
  const shown = FRAMEWORKS.flatMap(({ id, controls }) => [id, ...controls.map((control) => control.id)]);
  const guess = closest(name, shown);
  const hint =
    guess === undefined
      ? `known frameworks: ${FRAMEWORKS.map(({ id }) => id).join(', ')}`
      : `did you mean "${guess}"?`;
  return `no framework or control is called "${name.slice(0, 60)}"; ${hint}`;
}
