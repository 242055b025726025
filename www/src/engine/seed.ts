import type { AccessEngine, Receipt, RequestDraft } from "access-engine";
import { HOUR, MINUTE } from "../words/duration.ts";
import type { Clock } from "./clock.ts";
import { DIRECTORY, POLICIES } from "./company.ts";

/** How long before the first visit the company began to use the engine. */
export const HISTORY_SECONDS = 3 * 24 * HOUR;

const as = (subject: string): { subject: string } => ({ subject });

/** Gives an empty project a company and three days of past, by the same commands that a visitor sends. */
export async function seed(engine: AccessEngine, clock: Clock, present: number): Promise<void> {
  const company = new Company(engine, clock, present);
  await company.foundation();
  await company.approvedAndOver();
  await company.rejected();
  await company.brokenGlass();
  await company.live();
  await company.waiting();
}

class Company {
  readonly #engine: AccessEngine;
  readonly #clock: Clock;
  readonly #present: number;

  constructor(engine: AccessEngine, clock: Clock, present: number) {
    this.#engine = engine;
    this.#clock = clock;
    this.#present = present;
  }

  async foundation(): Promise<void> {
    await this.#until(HISTORY_SECONDS);
    await this.#engine.syncDirectory(as("ada"), { changes: DIRECTORY });
    for (const terms of POLICIES) {
      // The order is part of the story.
      // oxlint-disable-next-line no-await-in-loop
      await this.#engine.createPolicy(as("ada"), terms);
    }
  }

  async approvedAndOver(): Promise<void> {
    await this.#until(50 * HOUR);
    const id = await this.#ask("noor", "/web/checkout/**", 4, {
      justification: "Checkout is slow since Monday: compare the cache keys with staging.",
      ticketUrl: "https://tickets.fernwood.example/WEB-311",
    });
    await this.#until(49.5 * HOUR);
    await this.#review("sam", id, "approve");
    await this.#until(49 * HOUR);
    await this.#review("theo", id, "approve", "Go ahead.");
  }

  async rejected(): Promise<void> {
    await this.#until(27 * HOUR);
    const id = await this.#ask("lena", "/payments/**", 8, { justification: "Need to look around in payments." });
    await this.#until(26 * HOUR);
    await this.#review("mira", id, "reject", "Please ask for the one path you need.");
  }

  async brokenGlass(): Promise<void> {
    await this.#until(20 * HOUR);
    await this.#engine.breakGlass(as("remy"), {
      draft: { target: production("/payments/gateway"), actions: ["read", "write"], duration: { minutes: 30 }, justification: "Restore card payments." },
      justification: "Card payments fail since 02:10 and nobody of security answers.",
    });
  }

  async live(): Promise<void> {
    await this.#until(3 * HOUR);
    const draft: RequestDraft = { target: { environment: "staging", path: "/**" }, actions: ["read"], duration: { hours: 48 } };
    const { requestId } = await this.#engine.requestAccess(as("noor"), draft);
    await this.#until(2.5 * HOUR);
    await this.#review("theo", made(requestId), "approve");
  }

  async waiting(): Promise<void> {
    await this.#until(25 * MINUTE);
    const id = await this.#ask("lena", "/payments/payouts", 4, {
      justification: "The November payout run stopped at row 1,204: read its credentials to start it again.",
      ticketUrl: "https://tickets.fernwood.example/PAY-87",
    });
    await this.#until(10 * MINUTE);
    await this.#review("sam", id, "approve", "Matches PAY-87.");
  }

  /** Lets time pass until so many seconds ago; what falls due on the way happens when it is due. */
  async #until(secondsAgo: number): Promise<void> {
    // What was told so far is sent at its time, not after it is over.
    await this.#engine.deliver();
    const time = this.#present - secondsAgo * 1000;
    for (let due = this.#engine.nextWakeAt(); due !== undefined && due <= time; due = this.#engine.nextWakeAt()) {
      this.#clock.hold(due);
      // One after the other, as time is.
      // oxlint-disable-next-line no-await-in-loop
      await this.#engine.tick({ now: due });
    }
    this.#clock.hold(time);
  }

  async #ask(requester: string, path: string, hours: number, more: Partial<RequestDraft>): Promise<string> {
    const draft: RequestDraft = { target: production(path), actions: ["read"], duration: { hours }, ...more };
    const { requestId } = await this.#engine.requestAccess(as(requester), draft);
    return made(requestId);
  }

  async #review(reviewer: string, requestId: string, verdict: "approve" | "reject", comment?: string): Promise<Receipt> {
    const { contentHash } = this.#engine.explain(as(reviewer), requestId).request;
    const review = { requestId, verdict, contentHash, ...(comment === undefined ? {} : { comment }) };
    return this.#engine.reviewRequest(as(reviewer), review);
  }
}

function production(path: string): RequestDraft["target"] {
  return { environment: "production", path };
}

function made(requestId: string | undefined): string {
  if (requestId === undefined) throw new Error("the receipt of a request names no request");
  return requestId;
}
