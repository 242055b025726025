import { AccessEngine, createHost } from "access-engine";
import { consoleMailer } from "access-engine/mailers/console";
import { memoryStore } from "access-engine/stores/memory";

const [ada, dev, stripe] = [{ subject: "ada" }, { subject: "dev" }, { environment: "production", path: "/payments/stripe" }];
const host = createHost({ store: memoryStore(), mailer: consoleMailer({ baseUrl: "https://access.example.com" }) });
const engine = await AccessEngine.open({ project: "acme", host, administrators: [{ type: "user", id: "ada", name: "Ada" }] });
await engine.syncDirectory(ada, { changes: [{ upsertSubject: { type: "user", id: "dev", name: "Dev" } }] });
await engine.createPolicy(ada, {
  name: "Payments",
  targets: { environments: ["production"], paths: ["/payments/**"] },
  actions: "all",
  steps: [{ quorums: [{ approvers: [ada], required: 1 }] }],
});
const { requestId } = await engine.requestAccess(dev, { target: stripe, actions: ["read"], duration: { hours: 1 } });
const { contentHash } = engine.explain(ada, requestId).request;
await engine.reviewRequest(ada, { requestId, verdict: "approve", contentHash });
console.log(engine.isAllowed(dev, "read", stripe)); // true, for an hour
