// The request of an HCP Terraform run task: who may send one, what is in it, and where it may lead.
// Protocol: https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration

import { createHmac, timingSafeEqual } from 'node:crypto';
import { JsonError, parseJson } from '../input/json.js';
import { own, ownObject, ownString } from '../plan/json.js';

/** What is left of a request when it was read. */
export type TaskRequest =
  /** Sent when the run task is registered, to see that somebody answers. */
  | { readonly kind: 'test' }
  | { readonly kind: 'task'; readonly task: RunTask }
  | { readonly kind: 'refused'; readonly why: string };

export interface RunTask {
  /** `taskrs-…` */
  readonly id: string;
  readonly stage: string;
  /** Bearer token for the platform. Never to be logged. */
  readonly token: string;
  /** Undefined before there is a plan. */
  readonly planUrl: URL | undefined;
  readonly callbackUrl: URL;
  /** The platform shows detailed outcomes. */
  readonly outcomes: boolean;
  /** For the log. */
  readonly run: string;
  readonly workspace: string;
  readonly organization: string;
}

/** True where one of the keys signed these bytes; takes the same time wherever a wrong signature differs. */
export function isSigned(body: Uint8Array, signature: string | undefined, keys: readonly string[]): boolean {
  const given = Buffer.from(/^[0-9a-f]{128}$/i.test(signature ?? '') ? (signature as string) : '00', 'hex');
  let signed = false;
  for (const key of keys) {
    const right = createHmac('sha512', key).update(body).digest();
    signed = (given.length === right.length && timingSafeEqual(given, right)) || signed;
  }
  return signed;
}

/** @param hosts `app.terraform.io`, or `http://127.0.0.1:4000` for a platform on this machine */
export function readTask(body: Uint8Array, hosts: readonly string[]): TaskRequest {
  let document: unknown;
  try {
    document = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    if (error instanceof JsonError || error instanceof TypeError) return refused('the body is not JSON');
    throw error;
  }
  if (own(document, 'payload_version') !== 1) return refused('payload_version is not 1');
  const token = ownString(document, 'access_token');
  const stage = ownString(document, 'stage');
  if (stage === 'test' || token === 'test-token') return { kind: 'test' };
  const id = ownString(document, 'task_result_id');
  if (id === undefined || !/^[\w-]{1,100}$/.test(id)) return refused('task_result_id is missing');
  if (stage === undefined || !STAGES.includes(stage)) return refused('stage is not known');
  if (token === undefined || !/^[\x21-\x7e]{1,4096}$/.test(token)) return refused('access_token is missing');
  const callbackUrl = allowedUrl(ownString(document, 'task_result_callback_url'), hosts);
  if (!callbackUrl) return refused('task_result_callback_url is not on a configured host');
  const planUrl = allowedUrl(ownString(document, 'plan_json_api_url'), hosts);
  if (!planUrl && stage !== 'pre_plan') return refused('plan_json_api_url is not on a configured host');
  const text = (key: string): string => (ownString(document, key) ?? '').slice(0, 200);
  return {
    kind: 'task',
    task: {
      id,
      stage,
      token,
      planUrl,
      callbackUrl,
      outcomes: own(ownObject(document, 'capabilities'), 'outcomes') === true,
      run: text('run_id'),
      workspace: text('workspace_name'),
      organization: text('organization_name'),
    },
  };
}

const STAGES = ['pre_plan', 'post_plan', 'pre_apply', 'post_apply'];

function refused(why: string): TaskRequest {
  return { kind: 'refused', why };
}

/** The address where it lies on one of the hosts, over TLS unless the host was configured with `http://`. */
export function allowedUrl(text: string | undefined, hosts: readonly string[]): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return undefined;
  return hosts.some((host) => originOf(host) === url.origin) ? url : undefined;
}

/** `https://app.terraform.io`; undefined where the host is none. Without TLS only on this machine. */
export function originOf(host: string): string | undefined {
  const text = /^https?:\/\//.test(host) ? host : `https://${host}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, origin, pathname, search, username } = new URL(text);
  if (pathname !== '/' || search !== '' || username !== '') return undefined;
  return protocol === 'https:' || LOOPBACK.includes(hostname) ? origin : undefined;
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];
