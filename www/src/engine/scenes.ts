import type { Duration, RequestDraft } from "access-engine";
import { DIRECTORY, LEFT, PERMISSION, POLICIES } from "./company.ts";
import { acknowledges, approves, asks, breaksGlass, cancels, type Deed, delegates, rejects, releases, revokes, shortens } from "./past.ts";
import { lastAtWork, workday } from "./workdays.ts";

/** When something happened, for a visitor who comes at that time. */
type Time = (present: number) => number;

const MINUTE = 60_000;
const ADA = { subject: "ada" };

const on = (daysBefore: number, time: string): Time => (present) => workday(present, daysBefore, time);
/** So many minutes before the end of work, which is now in an afternoon. */
const atWork = (minutesBefore: number): Time => (present) => lastAtWork(present) - minutesBefore * MINUTE;
const now = (minutesBefore: number): Time => (present) => present - minutesBefore * MINUTE;

function production(path: string, actions: string[], duration: Duration): RequestDraft {
  return { target: { environment: "production", path }, actions, duration };
}

/** Ten working days of the company, in no order. */
export function scenes(present: number): [Time, Deed][] {
  return [
    [on(10, "09:05"), ({ engine }) => engine.syncDirectory(ADA, { changes: DIRECTORY })],
    ...POLICIES.map((terms, index): [Time, Deed] => [on(10, `09:${20 + index}`), ({ engine }) => engine.createPolicy(ADA, terms)]),
    [on(10, "09:40"), ({ engine }) => engine.createPermission(ADA, PERMISSION)],

    // Approved, and over by itself.
    [on(9, "10:12"), asks("noor", "cache", production("/web/checkout/**", ["read"], { hours: 4 }), "Checkout has been slow since Monday: compare the cache keys with staging.", "WEB-311")],
    [on(9, "10:31"), approves("sam", "cache")],
    [on(9, "11:02"), approves("theo", "cache", "Go ahead.")],

    // Too much is rejected; less is shortened, approved and given back.
    [on(8, "13:20"), asks("lena", "look", production("/payments/**", ["read"], { hours: 8 }), "Need to look around in payments.")],
    [on(8, "13:48"), rejects("mira", "look", "Please ask for the one path you need.")],
    [on(8, "13:55"), asks("lena", "ledger", production("/payments/ledger", ["read"], { hours: 8 }), "Two bookings from last week are missing from the export.", "PAY-71")],
    [on(8, "14:06"), shortens("mira", "ledger", { hours: 4 }, "Reading two bookings doesn’t take all day.")],
    [on(8, "14:08"), approves("mira", "ledger")],
    [on(8, "14:20"), approves("ines", "ledger")],
    [on(8, "14:41"), approves("theo", "ledger", "Fine with me.")],
    [on(8, "16:35"), releases("lena", "ledger")],

    // Nobody decided in time.
    [on(10, "16:50"), asks("dario", "old key", production("/signing/legacy", ["read"], { hours: 1 }), "Find out whether anything still uses the old key.")],

    [on(7, "11:15"), asks("elif", "flags", production("/web/feature-flags", ["write"], { hours: 2 }), "Switch the new basket on for 10% of visitors.", "WEB-320")],
    [on(7, "11:40"), cancels("elif", "flags")],

    // The glass was broken at night, and looked at in the morning.
    [on(6, "02:14"), breaksGlass("remy", "outage", production("/payments/gateway", ["read", "write"], { minutes: 30 }), "Card payments have been failing since 02:10 and nobody in security is answering.")],
    [on(6, "09:05"), acknowledges("mira", "outage", "The gateway’s certificate had expired. Renewed, and an alert is set for the next one.")],

    [on(5, "09:50"), asks("kofi", "cdn", production("/web/cdn", ["read", "write"], { days: 1 }), "Old images are served after a release: purge them.", "WEB-326")],
    [on(5, "10:15"), approves("ines", "cdn")],
    [on(5, "10:22"), approves("theo", "cdn")],
    [on(5, "15:40"), revokes("ines", "cdn", "The key was pasted into a chat: a new one is on its way.")],

    // Only Piotr may approve this, and he has left.
    [on(4, "14:25"), asks("yara", "exports", production("/warehouse/exports", ["read"], { days: 2 }), "The monthly revenue report needs last month’s exports.", "DATA-44")],
    [on(3, "17:00"), ({ engine }) => engine.syncDirectory(ADA, { changes: [{ upsertSubject: LEFT }] })],

    [on(2, "08:55"), delegates("hana", "yara", { days: 10 })],
    [on(2, "15:10"), asks("elif", "android", production("/signing/android", ["read"], { hours: 1 }), "Sign the Android hotfix, release 4.18.2.", "APP-209")],
    [on(2, "15:32"), approves("mira", "android", "Checked the build.")],

    // Live now.
    [atWork(176), asks("noor", "staging", { target: { environment: "staging", path: "/**" }, actions: ["read"], duration: { days: 5 } })],
    [atWork(151), approves("theo", "staging")],
    [atWork(140), asks("yara", "complaint", production("/customers/eu", ["read"], { days: 4 }), "Answer a customer who asks what data we hold.", "PRIV-12")],
    [atWork(118), approves("hana", "complaint", "Only this customer, please.")],

    // Approved, and begins on a day to come.
    [atWork(104), asks("elif", "sale", { ...production("/web/checkout/**", ["read", "write"], { hours: 3 }), startsAt: workday(present, -2, "10:00") }, "The sale begins: watch checkout, and turn the queue on if need be.", "WEB-331")],
    [atWork(88), approves("jonas", "sale")],
    [atWork(81), approves("sam", "sale", "Agreed with the on-call team.")],

    // Waiting, at every step.
    [atWork(75), asks("dario", "rotation", production("/signing/web", ["read", "write"], { hours: 2 }), "Rotate the key that signs the session cookies; it is a year old.", "SEC-58")],
    [atWork(66), asks("kofi", "refunds", production("/payments/refunds", ["read"], { hours: 2 }), "Refund 88120 was paid out twice: find out why.", "PAY-85")],
    [atWork(58), approves("ines", "refunds")],
    [atWork(47), approves("mira", "refunds", "Please write what you find into PAY-85.")],
    [atWork(40), asks("dario", "addresses", production("/customers/addresses", ["read"], { hours: 3 }), "Parcels are coming back: check how Irish addresses are stored.", "SHOP-140")],
    [atWork(34), approves("yara", "addresses")],
    [now(20), breaksGlass("kofi", "webhooks", production("/payments/webhooks", ["read", "write"], { hours: 1 }), "The card processor’s webhooks have failed for ten minutes and orders are piling up.")],
    [atWork(25), asks("lena", "payouts", production("/payments/payouts", ["read"], { hours: 4 }), "The payout run stopped at row 1,204: I need its credentials to restart it.", "PAY-87")],
    [atWork(10), approves("sam", "payouts", "Matches PAY-87.")],
  ];
}
