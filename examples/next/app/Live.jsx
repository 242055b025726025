"use client";
import { AccessEngine } from "access-engine";
import { AccessProvider, useCommand, useDecision, useExplanation, useInbox } from "access-engine/react";
import { useEffect, useState } from "react";
import { readSnapshot, send } from "./server.js";

const EVERY = 2000;

/** A read-only engine in the browser, of what the server has handed out; it is asked without a round trip. */
export function Live({ actor, snapshot }) {
  const [engine, setEngine] = useState();
  useEffect(() => {
    const opening = AccessEngine.openSnapshot(snapshot);
    void opening.then(setEngine);
    const timer = setInterval(async () => (await opening).update(await readSnapshot()), EVERY);
    return () => {
      clearInterval(timer);
      void opening.then((opened) => opened.close());
    };
  }, [snapshot]);
  if (engine === undefined) return <p>Opening…</p>;
  return (
    <AccessProvider engine={engine} actor={actor} send={send}>
      <Secret />
      <Inbox />
    </AccessProvider>
  );
}

function Secret() {
  const resource = { environment: "production", path: "/payments/stripe" };
  const { decision, until } = useDecision({ action: "read", resource });
  const { run, pending, error } = useCommand("requestAccess");
  if (decision) return <p>You may read it until {new Date(until).toLocaleTimeString()}.</p>;
  return (
    <p>
      <button disabled={pending} onClick={() => run({ target: resource, actions: ["read"], duration: "PT1M" })}>
        Ask for a minute
      </button>
      {error && <em role="alert"> {error.message}</em>}
    </p>
  );
}

function Inbox() {
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
  const { request } = useExplanation(requestId);
  const { run, pending, error } = useCommand("reviewRequest");
  const approve = () => run({ requestId, contentHash: request.contentHash, verdict: "approve" });
  return (
    <li>
      {request.requester.name} wants to read {request.target.path}{" "}
      <button disabled={pending} onClick={approve}>
        Approve
      </button>
      {error && <em role="alert"> {error.message}</em>}
    </li>
  );
}
