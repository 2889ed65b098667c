// Generated from config.schema.json by `npm run generate`; do not edit.

/** One way in which a configuration breaks its schema. */
export interface SchemaError {
  /** JSON pointer to the offending value: `/waivers/0/expires`. */
  readonly instancePath: string;
  /** Schema keyword that failed: `additionalProperties`, `enum`, `required`. */
  readonly keyword: string;
  /** What the keyword asked for: `{ allowedValues }`, `{ additionalProperty }`, `{ missingProperty }`. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** True if the value fits; otherwise `validate.errors` holds every reason. */
export declare const validate: { (value: unknown): boolean; errors?: readonly SchemaError[] | null };
