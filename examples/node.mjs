// One access request, from a policy to access that ends by itself. Run it after `cargo xtask package`.
import { AccessEngine, ConflictError, renderNotice } from "access-engine";

const [record, baseUrl] = [[], "https://access.example.com"];
let now = Date.UTC(2026, 10, 23, 9);
const host = {
  load: async (afterVersion, limit) => record.slice(afterVersion, afterVersion + limit),
  append: async (commit, expected) => {
    const last = record.at(-1);
    if (last ? last.hash !== expected.hash : expected.version !== 0) throw new ConflictError(expected, last);
    record.push(commit);
  },
  send: async (it) => console.log(`  mail to ${it.recipient.name}: ${renderNotice(it, { baseUrl }).subject}`),
  now: () => now,
};

const person = (name) => ({ type: "user", id: name.toLowerCase(), name, email: `${name.toLowerCase()}@example.com` });
const engine = await AccessEngine.open({ project: "acme", host, administrators: [person("Ada")] });
const [ada, dev, sam, kim] = ["ada", "dev", "sam", "kim"].map((subject) => ({ subject }));
await engine.syncDirectory(ada, { changes: ["Dev", "Sam", "Kim"].map((name) => ({ upsertSubject: person(name) })) });

const step = (id) => ({ quorums: [{ approvers: [{ subject: id }], required: 1 }] });
const targets = { environments: ["production"], paths: ["/payments/**"] };
console.log("Ada protects production's payments: first Sam approves, then Kim");
await engine.createPolicy(ada, { name: "Payments", targets, actions: "all", steps: [step("sam"), step("kim")] });

const query = { subject: dev, action: "read", resource: { environment: "production", path: "/payments/stripe" } };
// Mail goes out behind its command: the story waits for it.
const ask = () => engine.deliver().then(() => console.log(`may Dev read it? ${engine.evaluate(query).reason}`));
await ask();
console.log("Dev asks for one hour");
const { requestId } = await engine.requestAccess(dev, { target: query.resource, actions: ["read"], duration: "PT1H" });
const hash = (actor) => engine.explain(actor, requestId).request.contentHash;
const approve = (actor) => engine.reviewRequest(actor, { requestId, verdict: "approve", contentHash: hash(actor) });
await approve(sam);
await approve(kim);
await ask();
now += 3_600_000;
await ask();
console.log(`${engine.version} commits, intact: ${(await engine.verify()).intact}`);
