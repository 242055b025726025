import { AccessEngine, createHost } from "access-engine";
import { consoleMailer } from "access-engine/mailers/console";
import { memoryStore } from "access-engine/stores/memory";

const [ada, noor, mira, stripe] = [{ subject: "ada" }, { subject: "noor" }, { subject: "mira" }, { path: "/payments/stripe" }];
const [targets, steps] = [{ paths: ["/payments/**"] }, [{ quorums: [{ approvers: [mira], required: 1 }] }]];
const host = createHost({ store: memoryStore(), mailer: consoleMailer({ baseUrl: "https://access.example.com" }) });
const engine = await AccessEngine.open({ project: "pay", host, administrators: [{ type: "user", id: "ada", name: "Ada" }] });
await engine.syncDirectory(ada, { changes: ["noor", "mira"].map((id) => ({ upsertSubject: { type: "user", id, name: id } })) });
await engine.createPolicy(ada, { name: "Payments", targets, actions: "all", steps });
const { requestId } = await engine.requestAccess(noor, { target: stripe, actions: ["read"], duration: { hours: 1 } });
const { contentHash } = engine.explain(mira, requestId).request;
await engine.reviewRequest(mira, { requestId, verdict: "approve", contentHash });
console.log(engine.isAllowed(noor, "read", stripe)); // true, for an hour
