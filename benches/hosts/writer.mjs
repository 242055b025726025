// A server of its own: commits for so long, one after the other, and prints how many.
import { AccessEngine, createHost } from "access-engine";
import { connect } from "../../pkg/tests/writers/stores.mjs";

const { url, project, seconds } = JSON.parse(process.argv[2]);
const { store, end } = await connect(url, project);
const administrators = [{ type: "user", id: "ada", name: "Ada" }];
const engine = await AccessEngine.open({ project, administrators, host: createHost({ store, mailer: false }) });
process.send("ready");
await new Promise((resolve) => process.once("message", resolve));
let commits = 0;
for (const stop = performance.now() + 1000 * seconds; performance.now() < stop; ) {
  const change = { upsertSubject: { type: "user", id: `dev-${process.pid}-${commits}`, name: "Dev" } };
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  const done = await engine.syncDirectory({ subject: "ada" }, { changes: [change] }).catch((error) => error);
  if (!(done instanceof Error)) commits += 1;
  else if (done.code !== "conflict") throw done;
}
process.send(commits);
await engine.close();
await end();
process.disconnect();
