// One access request, from a policy to access that ends by itself. Its record is a file: killed at any time and started
// again, it goes on. Run it after `cargo xtask package`: `node examples/node.mjs access.db`.
import { createClient } from "@libsql/client";
import { AccessEngine, createHost, renderNotice } from "access-engine";
import { openSqliteStore } from "access-engine/stores/sqlite";

const client = createClient({ url: `file:${process.argv[2] ?? "access.db"}` });
const [project, baseUrl] = ["acme", "https://access.example.com"];
const send = async (it) => console.log(`  mail to ${it.recipient.name}: ${renderNotice(it, { baseUrl }).subject}`);
const host = createHost({ store: await openSqliteStore({ client, project }), mailer: { send } });
const person = (name) => ({ type: "user", id: name.toLowerCase(), name, email: `${name.toLowerCase()}@example.com` });
// What a killed process was sending is sent again after six timeouts.
const engine = await AccessEngine.open({ project, host, administrators: [person("Ada")], hostTimeoutSeconds: 3 });

const [ada, dev, sam, kim] = ["ada", "dev", "sam", "kim"].map((subject) => ({ subject }));
const changes = ["Dev", "Sam", "Kim"].map((name) => ({ upsertSubject: person(name) }));
// A command that is told again with its key does nothing, and answers as it did.
await engine.syncDirectory(ada, { changes }, { idempotencyKey: "people" });
const steps = ["sam", "kim"].map((subject) => ({ quorums: [{ approvers: [{ subject }], required: 1 }] }));
const policy = { name: "Payments", targets: { environments: ["production"], paths: ["/payments/**"] }, actions: "all" };
console.log("Ada protects production's payments: first Sam approves, then Kim");
await engine.createPolicy(ada, { ...policy, steps }, { idempotencyKey: "policy" });

const query = { subject: dev, action: "read", resource: { environment: "production", path: "/payments/stripe" } };
const ask = (at) => console.log(`may Dev read it? ${engine.evaluate(query, { at }).reason}`);
// Mail goes out behind its command: the story waits for it.
await engine.deliver().then(() => ask());
console.log("Dev asks for one hour");
const draft = { target: query.resource, actions: ["read"], duration: "PT1H" };
const { requestId } = await engine.requestAccess(dev, draft, { idempotencyKey: "request" });
const hash = (actor) => engine.explain(actor, requestId).request.contentHash;
const approve = (actor, idempotencyKey) =>
  engine.reviewRequest(actor, { requestId, verdict: "approve", contentHash: hash(actor) }, { idempotencyKey });
await engine.deliver().then(() => approve(sam, "first"));
await engine.deliver().then(() => approve(kim, "second"));
await engine.deliver().then(() => ask());
ask(Date.now() + 3_600_000);
console.log(`${engine.version} commits, intact: ${(await engine.verify()).intact}`);
