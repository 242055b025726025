import { Stack, Textarea } from "@mantine/core";
import type { Abilities, RequestView, Verdict } from "access-engine";
import { AbilityButton } from "../../components/AbilityButton.tsx";
import { errorOf } from "../../components/errors.tsx";
import { Icon } from "../../components/icons.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useKept } from "../../state/kept.ts";
import * as words from "../../words/pages/request.tsx";
import { reviewWords } from "./done.ts";
import { AtThumb } from "./AtThumb.tsx";

/** Approve or reject, with a comment. */
export function ReviewAction({ request, you }: { request: RequestView; you: Abilities }) {
  const { id: requestId, contentHash } = request;
  const { value, change, forget } = useKept(`review ${requestId}`, () => ({ comment: "" }));
  const { run, busy, error } = useCommand("reviewRequest");
  const fault = errorOf(error, "comment");
  const review = async (verdict: Verdict) => {
    const said = value.comment.trim() === "" ? {} : { comment: value.comment };
    const receipt = await run({ requestId, verdict, contentHash, ...said }, {
      done: reviewWords,
    });
    if (receipt) forget();
  };
  return (
    <Stack gap="sm">
      <Textarea
        label={words.comment}
        description={words.commentHint}
        autosize
        minRows={2}
        value={value.comment}
        onChange={(event) => change({ comment: event.currentTarget.value })}
        error={fault}
      />
      {error && fault === undefined && <RefusalAlert error={error} />}
      <AtThumb>
        {you.approve.allowed && (
          <AbilityButton ability={you.approve} data-story="approve" loading={busy} onClick={() => void review("approve")} aria-keyshortcuts="a" leftSection={<Icon name="check" size={16} />}>
            {words.approve}
          </AbilityButton>
        )}
        {you.reject.allowed && (
          <AbilityButton ability={you.reject} loading={busy} onClick={() => void review("reject")} aria-keyshortcuts="r" color="red" variant="outline" leftSection={<Icon name="cross" size={16} />}>
            {words.reject}
          </AbilityButton>
        )}
      </AtThumb>
    </Stack>
  );
}
