// Runs many writers and prints the figures: `node tests/writers/main.mjs --store URL --commands 20000 --processes 4`. Without a
// store it starts a PostgreSQL of its own; `file:some.db` is a file of SQLite, new.
import { parseArgs } from "node:util";
import { startPostgres } from "../servers/postgres.mjs";
import { writeAtOnce } from "./many.mjs";

const { values } = parseArgs({
  options: {
    store: { type: "string" },
    commands: { type: "string", default: "20000" },
    processes: { type: "string", default: "4" },
    "kill-every-ms": { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
const processes = Number(values.processes);
const server = values.store === undefined ? await startPostgres() : undefined;
try {
  const figures = await writeAtOnce({
    url: values.store ?? server.url,
    project: "acme",
    processes,
    commands: Math.ceil(Number(values.commands) / processes),
    killEveryMs: Number(values["kill-every-ms"]),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(figures, undefined, 2));
} finally {
  await server?.stop();
}
