import type { NavigateOptions } from "@tanstack/react-router";
import { PERSONAS } from "../engine/company.ts";
import type { Demo } from "../engine/demo.ts";
import type { Chapter } from "../engine/progress.ts";

interface GuideEntry {
  chapter: Chapter;
  title: string;
  text: string;
  persona: string;
  link: NavigateOptions;
}

/** What the guide offers now. */
export function chapters(demo: Demo, at: number): GuideEntry[] {
  const review = nextReview(demo, at);
  return [
    {
      chapter: "policy",
      title: "Make a policy",
      text: "Say who must agree to what: steps, quorums, who may break the glass.",
      persona: "ada",
      link: { to: "/policies" },
    },
    {
      chapter: "request",
      title: "Ask for access",
      text: "See before you ask which policy decides and who will be asked.",
      persona: "noor",
      link: { to: "/requests/new", search: { environment: "production", path: "/payments/stripe", actions: ["read"] } },
    },
    {
      chapter: "approve",
      title: "Approve it",
      text: "Two of security, then a team lead. Shorten the duration if you like.",
      persona: review.persona,
      link: review.link,
    },
    {
      chapter: "break-glass",
      title: "Break the glass",
      text: "In an emergency a listed person goes ahead; everybody concerned is told.",
      persona: "remy",
      link: { to: "/requests/new", search: { environment: "production", path: "/payments/gateway", actions: ["read", "write"] } },
    },
    {
      chapter: "end",
      title: "Watch access end",
      text: "Move the clock at the top, or give it back.",
      persona: "noor",
      link: { to: "/access" },
    },
  ];
}

/** The newest pending request that one of the personas can approve now. */
function nextReview({ engine }: Demo, at: number): Pick<GuideEntry, "persona" | "link"> {
  for (const { id } of engine.requests("host", { status: ["pending"], limit: 5 }, { at }).items) {
    const able = engine.explain("host", id, { at }).steps.flatMap(({ canApprove }) => canApprove);
    const persona = PERSONAS.find((it) => able.some((person) => person.id === it.id));
    if (persona) return { persona: persona.id, link: { to: "/requests/$requestId", params: { requestId: id } } };
  }
  return { persona: "mira", link: { to: "/requests" } };
}
