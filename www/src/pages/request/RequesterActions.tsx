import { Checkbox, Group, Text, Textarea } from "@mantine/core";
import type { Abilities, Ability, RequestView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { BreakGlassForm } from "../../components/BreakGlassForm.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { errorOf } from "../../components/errors.tsx";
import { Icon } from "../../components/icons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Taking } from "../../components/Taking.tsx";
import { useCommand } from "../../state/command.tsx";
import { useTogether } from "../../state/together.ts";
import * as words from "../../words/pages/request.tsx";
import { AtThumb } from "./AtThumb.tsx";
import { brokenWords } from "./done.ts";

/** What is the requester's, and cancelling an administrator's, too; who goes ahead without approval says why, and nothing else meanwhile. */
export function RequesterActions({ request, you }: { request: RequestView; you: Abilities }) {
  const [breaking, form] = useDisclosure();
  const navigate = useNavigate();
  const amend = () => void navigate({ to: "/requests/$requestId/amend", params: { requestId: request.id } });
  if (breaking && you.breakGlass.allowed) return <BreakGlass request={request} onClose={form.close} />;
  const buttons = (
    <>
      {you.breakGlass.allowed && (
        <AbilityButton ability={you.breakGlass} data-story="break-glass" onClick={form.open} color="ember" variant="light" leftSection={<Icon name="glass" size={16} />}>
          {words.breakTheGlass}
        </AbilityButton>
      )}
      {you.amend.allowed && (
        <AbilityButton ability={you.amend} onClick={amend} variant="default">
          {words.amend}
        </AbilityButton>
      )}
      {you.cancel.allowed && <CancelAction request={request} ability={you.cancel} />}
    </>
  );
  // A review has the place at the thumb.
  return you.approve.allowed || you.reject.allowed ? <Group gap="xs">{buttons}</Group> : <AtThumb>{buttons}</AtThumb>;
}

function BreakGlass({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const { run, busy, error, forgive } = useCommand("breakGlass");
  const goAhead = (justification: string) => run({ requestId: request.id, justification }, { done: brokenWords });
  return <BreakGlassForm busy={busy} error={error} onEdit={forgive} onBreak={goAhead} onClose={onClose} />;
}

/** Takes the request back, or all that were made with it; an administrator says why. */
function CancelAction({ request, ability }: { request: RequestView; ability: Ability }) {
  const [asked, dialog] = useDisclosure();
  const [reason, setReason] = useState("");
  const [all, setAll] = useState(false);
  const pending = useTogether(request).filter(({ status }) => status === "pending");
  const one = useCommand("cancelRequest");
  const bundle = useCommand("cancelBundle");
  const { error, forgive } = all ? bundle : one;
  const fault = errorOf(error, "reason");
  const cancel = async () => {
    const said = reason.trim() === "" ? {} : { reason };
    const receipt =
      all && request.bundleId !== undefined
        ? await bundle.run({ bundleId: request.bundleId, ...said }, { done: () => words.cancelledCount(pending.length) })
        : await one.run({ requestId: request.id, ...said }, { done: () => words.cancelled });
    if (receipt) dialog.close();
  };
  return (
    <Taking>
      <AbilityButton ability={ability} onClick={dialog.open} variant="default">
        {words.cancelTheRequest}
      </AbilityButton>
      <Dialog opened={asked} onClose={dialog.close} title={words.cancelQuestion} confirm={words.cancelItNow} keep={words.keepIt} busy={one.busy || bundle.busy} onEdit={forgive} onConfirm={cancel}>
        <Text size="sm">{words.whatCancellingDoes}</Text>
        {pending.length > 1 && (
          <Checkbox label={words.cancelAllMadeTogether(pending.length)} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
        )}
        <Textarea
          label={words.whyItIsCancelled}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fault}
          data-autofocus
        />
        {error && fault === undefined && <RefusalAlert error={error} />}
      </Dialog>
    </Taking>
  );
}
