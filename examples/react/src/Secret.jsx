import { useCommand, useDecision } from "access-engine/react";

/** Something that is guarded: it is there for as long as one may read it, and else can be asked for. */
export function Secret({ path }) {
  const resource = { environment: "production", path };
  const { decision, until, requestable } = useDecision({ action: "read", resource });
  const { run, pending, error } = useCommand("requestAccess");
  const ask = () => run({ target: resource, actions: ["read"], duration: "PT1M", justification: "A customer waits." });
  if (decision) return <p>The secret is 42{until && `, until ${new Date(until).toLocaleTimeString()}`}.</p>;
  return (
    <p>
      You may not read {path}.{" "}
      {requestable && (
        <button disabled={pending} onClick={ask}>
          Ask for a minute
        </button>
      )}
      {error && <em role="alert"> {error.message}</em>}
    </p>
  );
}
