import { Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Ability, RequestView } from "access-engine";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Taking } from "../../components/Taking.tsx";
import { useCommand } from "../../state/command.tsx";
import * as words from "../../words/pages/request.tsx";

/** Takes one's review back while its step is open. */
export function WithdrawAction({ request, ability }: { request: RequestView; ability: Ability }) {
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("withdrawReview");
  const withdraw = async () => {
    const receipt = await run({ requestId: request.id }, {
      done: () => words.reviewWithdrawn,
    });
    if (receipt) dialog.close();
  };
  return (
    <Taking>
      <AbilityButton ability={ability} onClick={dialog.open} variant="default">
        {words.withdrawMyReview}
      </AbilityButton>
      <Dialog opened={asked} onClose={dialog.close} title={words.withdrawQuestion} confirm={words.withdrawIt} keep={words.letItStand} busy={busy} onConfirm={withdraw}>
        <Text size="sm">{words.whatWithdrawingDoes}</Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </Taking>
  );
}
