// The command line, run as a program of its own, and a story for it to tell of.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AccessEngine, createHost } from "access-engine";
import { ada, approve, dev, draft, sam, terms } from "./support.mjs";

const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

/** Whoever runs the tests may have stores of their own. */
for (const name of ["ACCESS_ENGINE_STORE", "ACCESS_ENGINE_PROJECT"]) delete process.env[name];

/** Runs it to its end, which must come by itself: what it answered, said, and how it ended. `during` gets the process. */
export function cli(args, { cwd, env = {}, input = "", during = () => {} } = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env }, timeout: 60_000 });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => void (said[name] += text));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  during(child);
  return new Promise((resolve) => void child.once("close", (code, signal) => resolve({ ...said, code, signal })));
}

const user = (id, name, rest = { email: `${id}@example.com` }) => ({ type: "user", id, name, ...rest });

/** In a store of the project `acme`: Dev asks twice, Sam and Ada approve the first, Sam the second. Kim has no address. */
export async function tell(store) {
  const engine = await AccessEngine.open({
    project: "acme",
    administrators: [user("ada", "Ada"), user("dev", "Dev"), user("sam", "Sam"), user("kim", "Kim", { person: "sam" })],
    host: createHost({ store, mailer: false }),
  });
  await engine.createPolicy(ada, terms({ steps: [{ name: "Security", quorums: [{ approvers: [sam, { subject: "kim" }], required: 1 }] }, { quorums: [{ approvers: [ada], required: 1 }] }] }));
  const { requestId: approved } = await engine.requestAccess(dev, draft());
  await approve(engine, sam, approved);
  await approve(engine, ada, approved);
  const other = { environment: "production", path: "/payments/paypal" };
  const { requestId: pending } = await engine.requestAccess(dev, draft({ target: other, justification: "a customer\nwaits" }));
  await approve(engine, sam, pending);
  const head = engine.head();
  await engine.close();
  return { head, approved, pending };
}
