import { useCommand, useExplanation, useInbox } from "access-engine/react";

/** What waits for whoever has signed in. */
export function Inbox() {
  const reviews = useInbox().items.filter(({ task }) => task === "review");
  return (
    <section>
      <h2>{reviews.length} to review</h2>
      <ul>
        {reviews.map(({ request }) => (
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
