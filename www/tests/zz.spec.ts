import { test } from "@playwright/test";
import { AccessEngine, createHost } from "access-engine";
import { sampleProject, filledStore } from "../src/engine/project.ts";
import { pack, unpack } from "../src/engine/copy.ts";
import { readProject, linesOf } from "../src/engine/project.ts";

test("try", async () => {
  for (let hour = 0; hour < 24 * 8; hour += 5) {
    const present = Date.UTC(2026, 10, 23, hour, 17);
    const start = performance.now();
    const { commits, mails } = await sampleProject(present);
    const took = performance.now() - start;
    const engine = await AccessEngine.open({ project: "fernwood-pay", host: createHost({ store: await filledStore(commits), mailer: false, now: () => present }) });
    const reqs = engine.requests("host", { limit: 100 }).items;
    const line = reqs.map((r) => { const e = engine.explain("host", r.id); return `${r.requester.id}:${r.target.path}:${r.status}${r.status === "pending" ? `${r.step}/${r.steps}:${e.steps.find((s) => s.state === "open")?.canApproveCount}` : ""}:${e.grant?.status ?? ""}:${e.grant?.end?.reason ?? ""}`; });
    const code = await pack(commits, present);
    console.log(new Date(present).toISOString(), "ms", took.toFixed(0), "commits", commits.length, "mails", mails.length, "code", code.length, "findings", JSON.stringify(engine.analyze("host").map((f) => f.code)), "mira", engine.inbox({ subject: "mira" }, {}).items.map((i) => i.task + ":" + i.request.requester.id).join(" "));
    if (hour === 0 || hour === 50 || hour===125) console.log(line.join("\n"));
    engine.free();
  }
  const { commits } = await sampleProject(Date.now());
  for (const file of ["", "{\"a\":1}", "hello", linesOf(commits).replace("Checkout is slow", "Checkout is fast"), linesOf(commits.toSpliced(3, 1)), linesOf(commits).slice(0, -100)]) {
    await readProject(file).then(() => console.log("ok??"), (e) => console.log(e.code, e.message));
  }
  const { at, file } = await unpack(await pack(commits, 5));
  console.log(at, file === linesOf(commits));
});
