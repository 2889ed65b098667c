// What names one object among all accounts and clouds, so that two plans can be seen to speak of the same.

/** Attributes that do so by themselves; the first that is known wins. */
export const WORLDWIDE_IDS = [
  'arn',
  'unique_id', // Google service accounts
  'client_id', // Entra applications and what runs as one
  'application_id', // the same, before azuread 3
  'principal_id', // Azure managed identities
  'metadata.uid', // Kubernetes objects
] as const;

/** An `id` does so too where it looks like one of these; elsewhere it may be a mere name. */
export const WORLDWIDE_ID =
  /^(arn:|\/subscriptions\/|projects\/|AKIA[0-9A-Z]{12})|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
