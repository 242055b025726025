import type { Ability, RequestView } from "access-engine";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";

/** Takes one's review back while its step is open. */
export function WithdrawAction({ request, ability }: { request: RequestView; ability: Ability }) {
  const { run, busy, error } = useCommand();
  const withdraw = () =>
    void run({
      send: (engine, actor) => engine.withdrawReview(actor, { requestId: request.id }),
      done: () => "Your review is taken back.",
    });
  return (
    <>
      {error && <RefusalAlert error={error} />}
      <AbilityButton ability={ability} loading={busy} onClick={withdraw} variant="default">
        Withdraw my review
      </AbilityButton>
    </>
  );
}
