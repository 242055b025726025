import { useCommand, useExplanation, useInbox } from "access-engine/react";

/** What waits for whoever has signed in. */
export function Inbox() {
  const { items, total } = useInbox({ task: "review" });
  return (
    <section>
      <h2>{total} to review</h2>
      <ul>
        {items.map(({ request }) => (
          <Review key={request.id} requestId={request.id} />
        ))}
      </ul>
    </section>
  );
}

function Review({ requestId }) {
  const { request, you } = useExplanation(requestId);
  const { run, pending, error } = useCommand("reviewRequest");
  // With what was shown, so that nobody approves something else.
  const review = (verdict) => run({ requestId, contentHash: request.contentHash, verdict });
  return (
    <li>
      {request.requester.name} wants to {request.actions.join(", ")} {request.target.path}: “{request.justification}”{" "}
      <button disabled={pending || !you?.approve.allowed} onClick={() => review("approve")}>
        Approve
      </button>{" "}
      <button disabled={pending} onClick={() => review("reject")}>
        Reject
      </button>
      {error && <em role="alert"> {error.message}</em>}
    </li>
  );
}
