import { Text, Textarea } from "@mantine/core";
import type { AccessError, GrantView } from "access-engine";
import { useState } from "react";
import { Dialog } from "../../components/Dialog.tsx";
import { errorOf } from "../../components/errors.tsx";
import { answering } from "../../state/ask.ts";
import { useDemo } from "../../state/demo.tsx";
import { counted, inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/access.tsx";
import { targetWords } from "../../words/target.ts";
import type { Revocations } from "./Revoked.tsx";

interface Props {
  /** What is to be revoked; nothing while nobody asks. */
  grants: readonly GrantView[];
  onClose: () => void;
  onDone: (revocations: Revocations) => void;
}

/** Revokes several grants for one reason, each by a command of its own. */
export function RevokeDialog({ grants, onClose, onDone }: Props) {
  const { demo, engine, actor } = useDemo();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<AccessError>();
  const [busy, setBusy] = useState(false);
  const revoke = async () => {
    setBusy(true);
    const refused: Revocations["refused"][number][] = [];
    for (const grant of grants) {
      // oxlint-disable-next-line no-await-in-loop -- one commit after the other
      const { error } = await answering(engine.revokeGrant(actor, { grantId: grant.id, reason }));
      if (error !== undefined) refused.push({ grant, error });
    }
    setBusy(false);
    demo.changed();
    const unsaid = refused.find(({ error }) => errorOf(error, "reason") !== undefined);
    setFault(unsaid?.error);
    if (unsaid !== undefined) return;
    onDone({ revoked: grants.length - refused.length, refused });
    setReason("");
    onClose();
  };
  return (
    <Dialog
      opened={grants.length > 0}
      onClose={onClose}
      title={words.revokeQuestion(counted(grants.length, "grant"))}
      confirm={words.revokeNow}
      keep={words.keepTheAccess}
      busy={busy}
      onEdit={() => setFault(undefined)}
      onConfirm={revoke}
    >
      <ul style={{ margin: 0, paddingLeft: "1.1rem" }}>
        {grants.map((grant) => (
          <li key={grant.id}>
            <Text size="sm">{`${grant.holder.name}: ${inWords(grant.actions)} ${targetWords(grant.target)}`}</Text>
          </li>
        ))}
      </ul>
      <Textarea
        label={words.whyItIsRevoked}
        description={words.theHoldersAreTold}
        withAsterisk
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={errorOf(fault, "reason")}
        data-autofocus
      />
    </Dialog>
  );
}
