// Compiled, never run: what a user of the package sees of its types.
import {
  type AccessErrorCode,
  AccessEngine,
  type AccessHost,
  type Actor,
  type Condition,
  createHost,
  isAccessError,
  type PermissionTerms,
  type PolicyTerms,
  type Receipt,
  type Refusal,
  type RequestDraft,
} from "access-engine";
import { AccessProvider, type AskedEngine, useCommand, useDecision, useEngine, useExplanation, useQuestion } from "access-engine/react";
import { consoleMailer } from "access-engine/mailers/console";
import { smtpMailer } from "access-engine/mailers/smtp";
import { webhookMailer } from "access-engine/mailers/webhook";
import { openIndexedDbStore } from "access-engine/stores/indexed-db";
import { type MemoryStore, memoryStore } from "access-engine/stores/memory";
import { type MailerCase, mailerCases, type StoreCase, storeCases } from "access-engine/testing";
import { createTransport } from "nodemailer";

const terms: PolicyTerms = {
  name: "Payments",
  targets: { environments: ["production"], paths: ["/payments/**"] },
  actions: "all",
  steps: [{ quorums: [{ approvers: ["manager"], required: 1 }] }],
};

const permission: PermissionTerms = {
  name: "Staff",
  holders: [{ subject: "ada" }, { group: "ops" }],
  targets: { paths: ["/payments/**"] },
  actions: ["read"],
};

export const condition: Condition = {
  "subject.groups": "ops",
  environment: { $in: ["dev", "staging"] },
  $not: { $or: [{ "context.risk": { $gte: 3 } }, { "subject.properties.teams": ["pay"] }] },
};
export const owned: Condition = {
  "resource.properties.owner": { $ref: "subject.id" },
  "action.properties.soft": true,
  "subject.groups": { $in: { $ref: "resource.properties.teams" } },
};
// @ts-expect-error -- a misspelt operator
export const misspelt: Condition = { "subject.id": { $equals: "ada" } };

export async function uses(): Promise<Receipt | undefined> {
  const store: MemoryStore = memoryStore();
  const host: AccessHost = createHost({ store, mailer: consoleMailer({ baseUrl: "https://example.com" }) });
  await using other = await AccessEngine.open({ project: "acme", host: createHost({ store, mailer: false }) });
  (await other.deliver()).left satisfies number;
  // @ts-expect-error -- a host has a mailer, or says that it has none
  createHost({ store });
  using engine = await AccessEngine.open({ project: "acme", host, hostTimeoutSeconds: 5 });
  const ada = { subject: "ada" } satisfies Actor;
  const { policyId } = await engine.createPolicy(ada, terms, { now: new Date(0), idempotencyKey: "one" });
  await engine.updatePolicy(ada, { policyId, maxDuration: null });
  const asked: RequestDraft = { target: { path: "/payments" }, actions: ["read"], permanent: true };
  (await engine.requestAccess(ada, asked)).requestId satisfies string;
  const bundle = await engine.requestBundle(ada, { items: [asked] });
  bundle.requestIds satisfies string[];
  engine.bundle(ada, bundle.bundleId);
  (await engine.createPermission(ada, { ...permission })).permissionId satisfies string;
  (await engine.createDelegation(ada, { delegate: { subject: "alan" }, duration: "P1D" })).delegationId satisfies string;
  const broken = await engine.breakGlass(ada, { draft: asked, justification: "Payments are down." });
  [broken.requestId, broken.grantId] satisfies string[];
  // @ts-expect-error -- only the last approval makes a grant
  (await engine.reviewRequest(ada, { requestId: broken.requestId, verdict: "approve" })).grantId satisfies string;
  engine.isAllowed(ada, "read", { path: "/payments" }, { at: "2026-11-26T12:00:00Z" }) satisfies boolean;
  const stripe = { path: "/stripe", properties: { owner: "ada", tags: ["a", null, { deep: 0.5 }] } };
  engine.isAllowed(ada, { name: "read", properties: { soft: true } }, stripe, { context: { ip: "::1" } });
  engine.evaluate({ subject: ada, action: "read", resource: stripe, context: { amount: 1.5 } }).decision satisfies boolean;
  // @ts-expect-error -- a bare id is nobody
  engine.isAllowed("ada", "read", { path: "/payments" });
  const policies = engine.importPolicies(ada, { approvals: [] }).policies.flatMap((imported) => imported.terms ?? []);
  (await engine.createPolicies(ada, { policies })).policyIds satisfies string[];
  await engine.createPolicies(ada, engine.exportPolicies("host"));
  engine.requests("host", { status: ["pending"] }).items[0]?.closing?.reason satisfies string | undefined;
  engine.requests("host", { order: "oldest_first" }).counts.pending satisfies number;
  engine.policies("host").next satisfies string | undefined;
  // @ts-expect-error -- a misspelt field
  engine.evaluate({ subject: { subject: "ada" }, action: "read", resource: { pth: "/" } });
  // @ts-expect-error -- engines are opened, never made
  const made = new AccessEngine();
  return made ? engine.tick() : undefined;
}

export function renders(engine: AskedEngine, own: AccessEngine): unknown {
  useDecision({ action: "read", resource: { path: "/payments" } }).until satisfies number | undefined;
  // @ts-expect-error -- a misspelt field
  useDecision({ action: "read", resource: { path: "/payments" }, contxt: {} });
  useExplanation("req_1_0").request.status satisfies string;
  useEngine().verify satisfies () => Promise<unknown>;
  // @ts-expect-error -- a read-only engine verifies nothing
  useEngine<AskedEngine>().verify satisfies unknown;
  useQuestion(["manage"], (asked, actor, options) => asked.policies(actor, {}, options).manage.allowed) satisfies boolean;
  const { run, error, result } = useCommand("requestAccess");
  void run({ target: { path: "/payments" }, actions: ["read"], permanent: true }).then((receipt) => receipt?.requestId satisfies string | undefined);
  // @ts-expect-error -- what another command takes
  void run({ requestId: "req_1_0" });
  error?.code satisfies AccessErrorCode | undefined;
  result?.requestId satisfies string | undefined;
  // @ts-expect-error -- no command
  useCommand("close");
  // @ts-expect-error -- nobody asks
  AccessProvider({ engine });
  return [AccessProvider({ engine, actor: "host" }), AccessProvider({ engine: own, actor: { subject: "ada" }, now: 0 })];
}

export function narrows(error: unknown): string {
  if (isAccessError(error, "duplicate_request")) return error.details.requestId;
  if (isAccessError(error, "self_approval")) {
    // @ts-expect-error -- this refusal has no such field
    return error.details.requestId;
  }
  // @ts-expect-error -- no such code
  if (isAccessError(error, "nonsense")) return "";
  if (isAccessError(error)) return error.details.code satisfies AccessErrorCode satisfies Refusal["code"];
  return "";
}

const baseUrl = "https://example.com";
const brand = { name: "Acme", color: "#0b5952" };
export const mailers = [
  smtpMailer({ transport: createTransport({ host: "localhost", pool: true }), from: "access@example.com", baseUrl, brand }),
  smtpMailer({ transport: createTransport("smtp://localhost"), from: { name: "Access", address: "access@example.com" }, baseUrl }),
  webhookMailer({ url: new URL(baseUrl), secret: "whsec_", baseUrl, fetch }),
];

export const cases: readonly StoreCase[] = storeCases;
export const tried: readonly MailerCase[] = mailerCases;
export const opened = openIndexedDbStore;
