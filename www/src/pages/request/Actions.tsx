import { Stack } from "@mantine/core";
import type { Explanation } from "access-engine";
import { Panel } from "../../components/Panel.tsx";
import { useDemo } from "../../state/demo.tsx";
import { firstName } from "../../words/names.ts";
import * as words from "../../words/pages/request.tsx";
import { AcknowledgeAction } from "./AcknowledgeAction.tsx";
import { ReviewAction } from "./ReviewAction.tsx";
import { RequesterActions } from "./RequesterActions.tsx";
import { WhyNot } from "./WhyNot.tsx";
import { WithdrawAction } from "./WithdrawAction.tsx";

/** What the visitor can do with a request, and why not. What gives stands at the left, what takes at the right. */
export function Actions({ explanation: { request, grant, you } }: { explanation: Explanation }) {
  const { demo, me } = useDemo();
  if (you === undefined) return null;
  const actions = [
    { label: words.approve, ability: you.approve },
    { label: words.reject, ability: you.reject },
    { label: words.editTheDuration, ability: you.editDuration },
    { label: words.withdrawMyReview, ability: you.withdrawReview },
    { label: words.acknowledgeTheBreakGlass, ability: you.acknowledge },
    { label: words.breakTheGlass, ability: you.breakGlass },
    { label: words.amend, ability: you.amend },
    { label: words.cancelTheRequest, ability: you.cancel },
  ];
  const anything = actions.some(({ ability }) => ability.allowed && ability !== you.editDuration);
  // These have their buttons where they belong: beside the duration, and with the access.
  const elsewhere = [you.editDuration, grant?.revoke, grant?.release].some((ability) => ability?.allowed);
  const hint = elsewhere ? words.nothingMoreNow : words.nothingNow;
  return (
    <Panel
      title={words.whatTheyCanDo(firstName(demo.directory.name(me.id)))}
      hint={anything ? undefined : hint}
      tone={anything ? "pine" : "plain"}
    >
      <Stack gap="md">
        {(you.approve.allowed || you.reject.allowed) && <ReviewAction request={request} you={you} />}
        {you.acknowledge.allowed && <AcknowledgeAction request={request} ability={you.acknowledge} />}
        {(you.breakGlass.allowed || you.amend.allowed || you.cancel.allowed) && <RequesterActions request={request} you={you} />}
        {you.withdrawReview.allowed && <WithdrawAction request={request} ability={you.withdrawReview} />}
        <WhyNot actions={actions} />
      </Stack>
    </Panel>
  );
}
