import { useCommand, useExplanation } from "access-engine/react";

/** Below `<AccessProvider engine={engine} actor={{ subject: "ada" }}>`. */
export function Approve({ requestId }: { requestId: string }) {
  const { request, you } = useExplanation(requestId);
  const { run, pending, error } = useCommand("reviewRequest");
  const approve = () => run({ requestId, verdict: "approve", contentHash: request.contentHash });
  return (
    <button type="button" disabled={pending || !you?.approve.allowed} title={you?.approve.refusal?.message} onClick={approve}>
      {error?.message ?? `Approve what ${request.requester.name} asks for`}
    </button>
  );
}
