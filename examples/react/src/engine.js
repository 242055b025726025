// Where the answers come from. Here the page has the whole record, in memory, and carries its commands out itself. With a
// server that decides, as in ../../next, all of `openEngine` is
//   return AccessEngine.openSnapshot(await (await fetch("/api/snapshot")).json());
// and `AccessProvider` has a `send`.
import { AccessEngine, createHost } from "access-engine";
import { memoryStore } from "access-engine/stores/memory";

const person = (name) => ({ type: "user", id: name.toLowerCase(), name });

export async function openEngine() {
  const host = createHost({ store: memoryStore(), mailer: false });
  const engine = await AccessEngine.open({ project: "acme", host, administrators: [person("Ada")] });
  await engine.syncDirectory({ subject: "ada" }, { changes: [{ upsertSubject: person("Dev") }] });
  await engine.createPolicy({ subject: "ada" }, {
    name: "Payments",
    targets: { environments: ["production"], paths: ["/payments/**"] },
    actions: "all",
    steps: [{ quorums: [{ approvers: [{ subject: "ada" }], required: 1 }] }],
  });
  return engine;
}
