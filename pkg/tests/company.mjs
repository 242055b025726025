// The company that the examples of docs/javascript.md are about: Ada administers, Sam approves, Dev asks.
import { AccessEngine, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";

export const store = memoryStore();
export const host = createHost({ store, mailer: false });
export const [ada, sam, dev] = ["ada", "sam", "dev"].map((subject) => ({ subject }));

const people = ["Ada", "Sam", "Dev"].map((name) => ({ type: /** @type {const} */ ("user"), id: name.toLowerCase(), name }));
export const engine = await AccessEngine.open({ project: "acme", host, administrators: people });
await engine.setAdministrators(ada, { administrators: [{ subject: "ada" }] });

export const stripe = { environment: "production", path: "/payments/stripe" };
export const { policyId } = await engine.createPolicy(ada, {
  name: "Payments",
  targets: { environments: ["production"], paths: ["/payments/**"] },
  actions: "all",
  steps: [{ quorums: [{ approvers: [sam], required: 1 }] }],
  breakGlass: { bypassers: [dev] },
});

/** Dev asks for an hour. Answers the id of the request. */
export async function asked() {
  return (await engine.requestAccess(dev, { target: stripe, actions: ["read"], duration: "PT1H" })).requestId;
}

/** Sam approves, as whoever has looked. */
export async function approved() {
  const requestId = await asked();
  const { contentHash } = engine.explain(sam, requestId).request;
  await engine.reviewRequest(sam, { requestId, verdict: "approve", contentHash });
  return requestId;
}
