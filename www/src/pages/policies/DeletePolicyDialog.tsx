import type { LiveGrants, PolicyView } from "access-engine";
import { useState } from "react";
import { Consequences } from "../../components/Consequences.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useTrial } from "../../state/trial.ts";
import { endingWords } from "../../words/endings.ts";
import * as words from "../../words/pages/policies.tsx";
import { LiveGrantsChoice } from "./ConsequenceChoices.tsx";

/** Asks once more, and what becomes of what the policy gave. */
export function DeletePolicyDialog({ policy, opened, onClose }: { policy: PolicyView; opened: boolean; onClose: () => void }) {
  const [liveGrants, setLiveGrants] = useState<LiveGrants>("keep");
  const { run, busy, error } = useCommand("deletePolicy");
  const deletion = { policyId: policy.id, version: policy.version, liveGrants };
  const trial = useTrial(opened, { deletePolicy: deletion });
  const remove = async () => {
    const receipt = await run(deletion, {
      done: ({ events }) => words.policyDeleted(policy.name, endingWords(events)),
    });
    if (receipt) onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={words.deleteQuestion(policy.name)}
      confirm={words.deleteIt}
      keep={words.keepThePolicy}
      busy={busy}
      disabled={trial?.refusal !== undefined}
      onConfirm={remove}
    >
      <LiveGrantsChoice value={liveGrants} onChange={setLiveGrants} />
      <Consequences trial={trial} />
      {error && <RefusalAlert error={error} />}
    </Dialog>
  );
}
