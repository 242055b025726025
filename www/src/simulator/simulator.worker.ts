import type { Order } from "./protocol.ts";
import { Teller } from "./teller.ts";
import init from "./wasm/simulator.js";

/** How often it goes on, and how often it shows what it sees. */
const BEAT = 50;
const SHOWN_EVERY = 2;

const orders: Order[] = [];
let teller: Teller | undefined;
addEventListener("message", ({ data }: MessageEvent<Order>) => orders.push(data));

await init();
let last = performance.now();
let beats = 0;

function beat(): void {
  for (const order of orders.splice(0)) follow(order);
  const now = performance.now();
  teller?.goOn(now - last);
  last = now;
  beats += 1;
  if (teller !== undefined && beats % SHOWN_EVERY === 0) postMessage(teller.report());
  setTimeout(beat, BEAT);
}

function follow(order: Order): void {
  if (order.do === "begin") {
    if (teller === undefined) teller = new Teller(order.seed, order.broken);
    else teller.begin(order.seed, order.broken);
  } else if (order.do === "pace") {
    if (teller !== undefined) teller.pace = order.pace;
  } else teller?.breakNow(order.mischief, order.server);
}

beat();
