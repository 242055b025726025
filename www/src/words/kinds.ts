import type { AccessEvent } from "access-engine";

const KINDS = {
  requests: { label: "Requests and reviews", types: /^(?:request|step|review|duration|breakGlass)/u },
  access: { label: "Access", types: /^grant/u },
  policies: { label: "Policies", types: /^policy/u },
  permissions: { label: "Permissions", types: /^permission/u },
  delegations: { label: "Delegations", types: /^delegation/u },
  people: { label: "People and groups", types: /^(?:project|subject|group|members|administrators)/u },
} as const;

/** What an entry of the record may be about. */
export type Kind = keyof typeof KINDS;

/** The kinds, as a select offers them. */
export const KIND_CHOICES = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

export function kindOf(name: string | undefined): Kind | undefined {
  return name !== undefined && Object.hasOwn(KINDS, name) ? (name as Kind) : undefined;
}

export function isOfKind({ type }: AccessEvent, kind: Kind | undefined): boolean {
  return kind === undefined || KINDS[kind].types.test(type);
}
