import { Button, Group, Stack, Textarea } from "@mantine/core";
import type { Abilities, RequestView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { BreakGlassForm } from "../../components/BreakGlassForm.tsx";
import { Icon } from "../../components/icons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { durationWords } from "../../words/duration.ts";

/** Amend, cancel, break the glass. */
export function RequesterActions({ request, you }: { request: RequestView; you: Abilities }) {
  const navigate = useNavigate();
  return (
    <Stack gap="sm">
      <BreakGlassAction request={request} you={you} />
      <AbilityButton
        ability={you.amend}
        onClick={() => void navigate({ to: "/requests/$requestId/amend", params: { requestId: request.id } })}
        variant="default"
      >
        Amend
      </AbilityButton>
      <CancelAction request={request} you={you} />
    </Stack>
  );
}

function BreakGlassAction({ request, you }: { request: RequestView; you: Abilities }) {
  const [open, form] = useDisclosure();
  const { run, busy, error } = useCommand();
  const goAhead = (justification: string) =>
    void run({
      send: (engine, actor) => engine.breakGlass(actor, { requestId: request.id, justification }),
      done: ({ shortenedTo }) =>
        `The glass is broken: you have access now${shortenedTo === undefined ? "" : `, shortened to ${durationWords(shortenedTo)}`}.`,
    });
  if (open && you.breakGlass.allowed) {
    return <BreakGlassForm busy={busy} error={error} onBreak={goAhead} onClose={form.close} />;
  }
  return (
    <AbilityButton ability={you.breakGlass} onClick={form.open} color="ember" variant="light" leftSection={<Icon name="glass" size={16} />}>
      Break the glass
    </AbilityButton>
  );
}

function CancelAction({ request, you }: { request: RequestView; you: Abilities }) {
  const [open, form] = useDisclosure();
  const [reason, setReason] = useState("");
  const { run, busy, error } = useCommand();
  const cancel = () => {
    const said = reason.trim() === "" ? {} : { reason };
    void run({ send: (engine, actor) => engine.cancelRequest(actor, { requestId: request.id, ...said }), done: () => "Cancelled." });
  };
  if (!open || !you.cancel.allowed) {
    return (
      <AbilityButton ability={you.cancel} onClick={form.open} variant="default">
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
