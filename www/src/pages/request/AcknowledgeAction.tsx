import { Stack, Textarea } from "@mantine/core";
import type { Ability, RequestView } from "access-engine";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { errorOf } from "../../components/errors.tsx";
import { Form } from "../../components/Form.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useKept } from "../../state/kept.ts";
import * as words from "../../words/pages/request.tsx";
import { AtThumb } from "./AtThumb.tsx";

/** The look at a break-glass access after the fact. */
export function AcknowledgeAction({ request, ability }: { request: RequestView; ability: Ability }) {
  const { value, change, forget } = useKept(`acknowledge ${request.id}`, () => ({ comment: "" }));
  const { run, busy, error, forgive } = useCommand("acknowledgeBreakGlass");
  const fault = errorOf(error, "comment");
  const acknowledge = async () => {
    const said = value.comment.trim() === "" ? {} : { comment: value.comment };
    const receipt = await run({ requestId: request.id, ...said }, {
      done: () => words.acknowledged,
    });
    if (receipt) forget();
  };
  return (
    <Form label={words.acknowledge} onSubmit={acknowledge} onEdit={forgive}>
      <Stack gap="sm">
        <Textarea
          label={words.whatYouFound}
          description={words.optional}
          autosize
          minRows={2}
          value={value.comment}
          onChange={(event) => change({ comment: event.currentTarget.value })}
          error={fault}
        />
        {error && fault === undefined && <RefusalAlert error={error} />}
        <AtThumb>
          <AbilityButton ability={ability} loading={busy} color="ember">
            {words.acknowledgeTheBreakGlass}
          </AbilityButton>
        </AtThumb>
      </Stack>
    </Form>
  );
}
