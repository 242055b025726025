import { Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import type { GrantView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { prefill } from "../state/prefill.ts";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { useNow } from "../state/now.ts";
import * as words from "../words/decisions.tsx";
import { timeLeft } from "../words/duration.ts";
import { inWords } from "../words/lists.ts";
import { END_REASON } from "../words/reasons.ts";
import { targetWords } from "../words/target.ts";
import { when } from "../words/time.ts";
import { AbilityButton } from "./AbilityButton.tsx";
import { Dialog } from "./Dialog.tsx";
import { errorOf } from "./errors.tsx";
import { Link, LinkButton } from "./links.tsx";
import { RefusalAlert } from "./Refusal.tsx";
import { GrantBadge, OriginBadge } from "./StatusBadge.tsx";
import { Taking } from "./Taking.tsx";
import { Target } from "./Target.tsx";
import { Countdown, When } from "./When.tsx";

/** One grant: what it opens, how long it still does, and how it is ended. */
export function GrantCard({ grant, heading = false }: { grant: GrantView; heading?: boolean }) {
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="space-between" align="flex-start">
        <Text component="div" flex="1 1 12rem" miw={0}>
          {heading && <b>{`${grant.holder.name}: `}</b>}
          <Target target={grant.target} actions={grant.actions} />
        </Text>
        <Group gap={6}>
          <OriginBadge origin={grant.origin} />
          <GrantBadge status={grant.status} />
        </Group>
      </Group>
      <GrantTime grant={grant} />
      <Text size="sm" c="dimmed">
        {`${grant.policy.name} · `}
        <Link
          to="/requests/$requestId"
          params={{ requestId: grant.requestId }}
          size="sm"
          aria-label={words.itsRequestLabel(grant.holder.name, inWords(grant.actions), targetWords(grant.target), when(grant.startsAt))}
        >
          {words.itsRequest}
        </Link>
      </Text>
      {grant.status !== "ended" && <GrantEnding grant={grant} />}
    </Stack>
  );
}

function GrantTime({ grant }: { grant: GrantView }) {
  const now = useNow();
  const { status, startsAt, endsAt, end } = grant;
  if (end !== undefined) {
    return (
      <Text size="sm">
        {words.ended(<When at={end.at} />, END_REASON[end.reason])}
        {end.note !== undefined && `, “${end.note}”`}
      </Text>
    );
  }
  if (status === "scheduled") {
    return (
      <Text size="sm">
        {words.beginsIn(<Countdown until={startsAt} />)}
        {endsAt === undefined ? words.forGood : words.forALength(timeLeft(endsAt - startsAt))}
      </Text>
    );
  }
  if (endsAt === undefined) return <Text size="sm">{words.forGoodUntilEnded}</Text>;
  const left = (100 * (endsAt - now)) / (endsAt - startsAt);
  return (
    <div>
      <Text size="sm" mb={4}>
        <b>
          {words.timeLeftOver(<Countdown until={endsAt} />)}
        </b>
        {words.until(<When at={endsAt} as="date" />)}
      </Text>
      <Progress value={Math.max(0, Math.min(100, left))} size="sm" color={left < 15 ? "ember" : "pine"} aria-label={words.timeLeft} />
    </div>
  );
}

function GrantEnding({ grant }: { grant: GrantView }) {
  const { me } = useDemo();
  const isMine = grant.holder.id === me.id;
  const isExtendable = isMine && grant.status === "live" && grant.endsAt !== undefined;
  return (
    <Taking>
      {isExtendable && (
        <LinkButton
          to="/requests/new"
          search={{ ...prefill(grant.target, grant.actions), renews: grant.id }}
          size="xs"
          variant="light"
          aria-label={words.extendLabel(inWords(grant.actions), targetWords(grant.target))}
        >
          {words.extend}
        </LinkButton>
      )}
      {grant.release.allowed && <ReleaseAction grant={grant} />}
      {grant.revoke.allowed && <RevokeAction grant={grant} />}
    </Taking>
  );
}

function ReleaseAction({ grant }: { grant: GrantView }) {
  const [asked, dialog] = useDisclosure();
  const { run, busy, error } = useCommand("releaseGrant");
  const release = async () => {
    const receipt = await run({ grantId: grant.id }, {
      done: () => words.givenBack(endedWords(grant)),
    });
    if (receipt) dialog.close();
  };
  return (
    <>
      <AbilityButton ability={grant.release} onClick={dialog.open} size="xs" variant="default">
        {words.giveItBack}
      </AbilityButton>
      <Dialog opened={asked} onClose={dialog.close} title={words.giveThisAccessBack} confirm={words.giveItBackNow} keep={words.keepIt} busy={busy} onConfirm={release}>
        <Text size="sm">
          {(grant.status === "scheduled" ? words.itWillNotBegin : words.givingBackEndsIt)(<Target target={grant.target} actions={grant.actions} />)}
        </Text>
        {error && <RefusalAlert error={error} />}
      </Dialog>
    </>
  );
}

function RevokeAction({ grant }: { grant: GrantView }) {
  const [asked, dialog] = useDisclosure();
  const [reason, setReason] = useState("");
  const { run, busy, error, forgive } = useCommand("revokeGrant");
  const fault = errorOf(error, "reason");
  const revoke = async () => {
    const receipt = await run({ grantId: grant.id, reason }, {
      done: () => words.revoked(endedWords(grant)),
    });
    if (receipt) dialog.close();
  };
  return (
    <>
      <AbilityButton ability={grant.revoke} onClick={dialog.open} size="xs" variant="outline" color="red">
        {words.revoke}
      </AbilityButton>
      <Dialog opened={asked} onClose={dialog.close} title={words.revokeTheAccessOf(grant.holder.name)} confirm={words.revokeNow} keep={words.keepIt} busy={busy} onEdit={forgive} onConfirm={revoke}>
        <Text size="sm">
          {(grant.status === "scheduled" ? words.itWillNotBegin : words.revokingEndsIt)(<Target target={grant.target} actions={grant.actions} />)}
        </Text>
        <Textarea
          label={words.whyItIsRevoked}
          withAsterisk
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fault}
          data-autofocus
        />
        {error && fault === undefined && <RefusalAlert error={error} />}
      </Dialog>
    </>
  );
}

/** Others may give the same access still. */
function endedWords({ status }: GrantView): string {
  return status === "scheduled" ? words.thisAccessWillNotBegin : words.thisAccessHasEnded;
}
