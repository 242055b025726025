import { Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Ability, RequestView } from "access-engine";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Taking } from "../../components/Taking.tsx";
import { useCommand } from "../../state/command.tsx";

/** Takes one's review back while its step is open. */
export function WithdrawAction({ request, ability }: { request: RequestView; ability: Ability }) {
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("withdrawReview");
  const withdraw = async () => {
    const receipt = await run({ requestId: request.id }, {
      done: () => "Your review is withdrawn.",
    });
    if (receipt) dialog.close();
  };
  return (
    <Taking>
      <AbilityButton ability={ability} onClick={dialog.open} variant="default">
        Withdraw my review
      </AbilityButton>
      <Dialog opened={asked} onClose={dialog.close} title="Withdraw your review?" confirm="Withdraw it" keep="Let it stand" busy={busy} onConfirm={withdraw}>
        <Text size="sm">It no longer counts. While the step is open you may review again.</Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </Taking>
  );
}
