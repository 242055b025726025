import { createHost } from "../../host.js";
import type { Command } from "../run.js";
import { counted, time } from "../words.js";

export const tick: Command = {
  summary: "commits what is due, such as the end of a grant",
  details: `Any number of processes may do so at once: each event happens once. What is to be told of it stays in the outbox, for
\`deliver\`.`,
  example: "",

  async run(run) {
    const { store } = await run.open();
    return run.withEngine(createHost({ store, mailer: false }), async (engine) => {
      const receipt = await engine.tick();
      const nextWakeAt = engine.nextWakeAt();
      const done = receipt
        ? `${counted(receipt.events.length, "event")} committed as version ${receipt.version}: ${kinds(receipt.events)}`
        : "Nothing is due";
      const next = nextWakeAt === undefined ? "nothing will be" : `next at ${time(nextWakeAt)}`;
      return { data: { receipt: receipt ?? null, ...(nextWakeAt === undefined ? {} : { nextWakeAt }) }, text: `${done}; ${next}` };
    });
  },
};

function kinds(events: readonly { type: string }[]): string {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(", ");
}
