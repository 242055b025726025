import { Stack, Textarea } from "@mantine/core";
import type { Ability, RequestView } from "access-engine";
import { useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";

/** The look at a break-glass access after the fact. */
export function AcknowledgeAction({ request, ability }: { request: RequestView; ability: Ability }) {
  const [comment, setComment] = useState("");
  const { run, busy, error } = useCommand();
  const acknowledge = () => {
    const said = comment.trim() === "" ? {} : { comment };
    void run({
      send: (engine, actor) => engine.acknowledgeBreakGlass(actor, { requestId: request.id, ...said }),
      done: () => "Acknowledged.",
    });
  };
  return (
    <Stack gap="sm">
      {ability.allowed && (
        <Textarea label="What you found" description="Optional." autosize minRows={2} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
      )}
      {error && <RefusalAlert error={error} />}
      <AbilityButton ability={ability} loading={busy} onClick={acknowledge} color="ember">
        Acknowledge the break-glass
      </AbilityButton>
    </Stack>
  );
}
