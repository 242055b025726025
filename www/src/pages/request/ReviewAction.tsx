import { Group, Stack, Textarea } from "@mantine/core";
import type { Abilities, RequestView, Verdict } from "access-engine";
import { useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Icon } from "../../components/icons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";

/** Approve or reject, with a comment. */
export function ReviewAction({ request, you }: { request: RequestView; you: Abilities }) {
  const [comment, setComment] = useState("");
  const { run, busy, error } = useCommand();
  const { id: requestId, contentHash } = request;
  const review = async (verdict: Verdict) => {
    const said = comment.trim() === "" ? {} : { comment };
    const receipt = await run({
      send: (engine, actor) => engine.reviewRequest(actor, { requestId, verdict, contentHash, ...said }),
      done: ({ grantId, events }) => {
        if (verdict === "reject") return "Rejected.";
        if (grantId !== undefined) return "Approved: that was the last step, and access is given.";
        return events.some(({ type }) => type === "stepCompleted") ? "Approved: the next step is open." : "Approved.";
      },
    });
    if (receipt) setComment("");
  };
  return (
    <Stack gap="sm">
      <Textarea
        label="Comment"
        description="Optional; the requester reads it."
        autosize
        minRows={2}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {error && <RefusalAlert error={error} />}
      <Group gap="xs" align="flex-start">
        {you.approve.allowed && (
          <AbilityButton ability={you.approve} loading={busy} onClick={() => void review("approve")} leftSection={<Icon name="check" size={16} />}>
            Approve
          </AbilityButton>
        )}
        {you.reject.allowed && (
          <AbilityButton ability={you.reject} loading={busy} onClick={() => void review("reject")} color="red" variant="outline" leftSection={<Icon name="cross" size={16} />}>
            Reject
          </AbilityButton>
        )}
      </Group>
    </Stack>
  );
}
