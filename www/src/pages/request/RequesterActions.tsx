import { Button, Group, Stack, Textarea } from "@mantine/core";
import type { Ability, RequestView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { BreakGlassForm } from "../../components/BreakGlassForm.tsx";
import { Icon } from "../../components/icons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { durationWords } from "../../words/duration.ts";

interface Props {
  request: RequestView;
  ability: Ability;
}

/** Leads to the form that asks anew under the same id. */
export function AmendAction({ request, ability }: Props) {
  const navigate = useNavigate();
  const amend = () => void navigate({ to: "/requests/$requestId/amend", params: { requestId: request.id } });
  return (
    <AbilityButton ability={ability} onClick={amend} variant="default">
      Amend
    </AbilityButton>
  );
}

/** Goes ahead without approval, for a reason. */
export function BreakGlassAction({ request, ability }: Props) {
  const [open, form] = useDisclosure();
  const { run, busy, error } = useCommand();
  const goAhead = (justification: string) =>
    void run({
      send: (engine, actor) => engine.breakGlass(actor, { requestId: request.id, justification }),
      done: ({ shortenedTo }) =>
        `The glass is broken: you have access now${shortenedTo === undefined ? "" : `, shortened to ${durationWords(shortenedTo)}`}.`,
    });
  if (open) {
    return <BreakGlassForm busy={busy} error={error} onBreak={goAhead} onClose={form.close} />;
  }
  return (
    <AbilityButton ability={ability} onClick={form.open} color="ember" variant="light" leftSection={<Icon name="glass" size={16} />}>
      Break the glass
    </AbilityButton>
  );
}

/** Takes the request back; an administrator says why. */
export function CancelAction({ request, ability }: Props) {
  const [open, form] = useDisclosure();
  const [reason, setReason] = useState("");
  const { run, busy, error } = useCommand();
  const cancel = () => {
    const said = reason.trim() === "" ? {} : { reason };
    void run({ send: (engine, actor) => engine.cancelRequest(actor, { requestId: request.id, ...said }), done: () => "Cancelled." });
  };
  if (!open) {
    return (
      <AbilityButton ability={ability} onClick={form.open} variant="default">
        Cancel the request
      </AbilityButton>
    );
  }
  return (
    <Stack gap="sm">
      <Textarea label="Why it is cancelled" autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {error && <RefusalAlert error={error} />}
      <Group gap="xs">
        <Button color="red" loading={busy} onClick={cancel}>
          Cancel it for good
        </Button>
        <Button variant="default" onClick={form.close}>
          Keep it
        </Button>
      </Group>
    </Stack>
  );
}
