import type { Explanation, GrantView, QuorumExplanation, RequestView, StepExplanation } from "../../types.js";
import { isAccessError } from "../../error.js";
import { EXIT, Failure } from "../failure.js";
import { type Command, readingHost } from "../run.js";
import { actor, duration, people, person, place, quoted, time } from "../words.js";

export const explain: Command = {
  summary: "tells how a request stands: its steps, and who can act",
  operand: "REQUEST",
  details: `REQUEST is the id of a request that is not archived: one that has been over for 35 days is in the history alone.`,
  example: "req_4_0",

  async run(run) {
    const { store } = await run.open();
    const progress = await run.progress("reading", store);
    const id = String(run.call.operand);
    const data = await run
      .withEngine(readingHost(store, run, progress), (engine) => engine.explain("host", id))
      .catch((error: unknown) => {
        if (!isAccessError(error, "not_found")) throw error;
        throw new Failure(EXIT.usage, `there is no request ${id}, or it is archived`, { cause: error });
      })
      .finally(() => progress.end());
    return { data, text: inWords(data) };
  },
};

function inWords({ request, steps, grant }: Explanation): string {
  const { requester, actions, target, durationSeconds, startsAt, until, policy, policyVersion, justification, ticketUrl, exclusions, breakGlass } = request;
  const parts = [
    [
      `Request ${request.id} ${status(request)}`,
      `${person(requester)} asks to ${actions.join(", ")} ${place(target)} ${duration(durationSeconds)}${startsAt === undefined ? "" : ` from ${time(startsAt)}`}${until === undefined ? "" : `, until ${time(until)} at the latest`}`,
      `under the policy ${policy.name} (${policy.id}, version ${policyVersion}), since ${time(request.madeAt)}`,
      ...exclusions.map((it) => `but not to ${it.actions.join(", ")} ${place(it)}, which is governed by ${it.policyId}`),
      ...(justification === undefined ? [] : quoted(justification)),
      ...(ticketUrl === undefined ? [] : [`  ${ticketUrl}`]),
    ],
    ...(breakGlass ? [brokenGlass(breakGlass, request.people)] : []),
    ...steps.map(step),
    ...(request.reviews.length > 0 ? [reviews(request)] : []),
    ...(grant ? [granted(grant, request.people)] : []),
  ];
  return parts.map((lines) => lines.join("\n")).join("\n\n");
}

function status({ status: is, closing, people: names, step: current, steps, expiresAt }: RequestView): string {
  if (!closing) return `is ${is}, at step ${current} of ${steps}; it expires at ${time(expiresAt)}`;
  const why = closing.reason ?? closing.origin;
  return `was ${is} at ${time(closing.at)} by ${actor(closing.by, names)}${why ? ` (${why.replaceAll("_", " ")})` : ""}`;
}

function brokenGlass({ justification, acknowledgement }: NonNullable<RequestView["breakGlass"]>, names: RequestView["people"]): string[] {
  const by = acknowledgement && person({ id: acknowledgement.by, name: names[acknowledgement.by] ?? acknowledgement.by });
  return [by ? `The glass was broken; ${by} has looked at it` : "The glass was broken, and nobody has looked at it yet", ...quoted(justification)];
}

function step({ step: number, name, state, quorums, anyOf, canApprove, canApproveCount, delegates, rejections, rejectionsRequired }: StepExplanation): string[] {
  const lists = anyOf?.flatMap((list, index) => [`  ${index === 0 ? "either" : "or"}`, ...list.map((it) => `  ${quorum(it)}`)]);
  const stand = delegates.map((it) => `, ${person(it.person)} on behalf of ${person(it.onBehalfOf)}`).join("");
  return [
    `Step ${number}${name === undefined ? "" : ` (${name})`}: ${state}`,
    ...(lists ?? quorums.map(quorum)),
    ...(rejections > 0 ? [`  ${rejections} of ${rejectionsRequired} rejections`] : []),
    ...(state === "open" ? [`  can approve now: ${people(canApprove, canApproveCount)}${stand}`] : []),
  ];
}

function quorum({ required, filledBy, missing, approvers, approverCount }: QuorumExplanation): string {
  const by = filledBy.length > 0 ? `; approved by ${people(filledBy)}` : "";
  return `  ${required} of ${people(approvers, approverCount)}${by}${missing > 0 ? `; ${missing} missing` : ""}`;
}

function reviews({ reviews: all, people: names }: RequestView): string[] {
  const who = (id: string): string => person({ id, name: names[id] ?? id });
  return [
    "Reviews",
    ...all.flatMap(({ review: { at, step: number, reviewer, onBehalfOf, verdict, comment }, standing }) => [
      `  ${time(at)} step ${number}: ${who(reviewer)}${onBehalfOf === undefined ? "" : ` on behalf of ${who(onBehalfOf)}`} ${verdict === "approve" ? "approved" : "rejected"}${standing === "standing" ? "" : ` (does not count: ${standing.replaceAll("_", " ")})`}`,
      ...(comment === undefined ? [] : quoted(comment)),
    ]),
  ];
}

function granted({ id, status: is, startsAt, endsAt, end }: GrantView, names: RequestView["people"]): string[] {
  const over = end ? `; ${end.reason.replaceAll("_", " ")} at ${time(end.at)} by ${actor(end.by, names)}` : "";
  return [`Grant ${id}: ${is}, from ${time(startsAt)} ${endsAt === undefined ? "for good" : `until ${time(endsAt)}`}${over}`];
}
