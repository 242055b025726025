import { Button, Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import type { GrantView } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useCommand } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { useNow } from "../state/now.ts";
import { timeLeft } from "../words/duration.ts";
import { END_REASON } from "../words/reasons.ts";
import { AbilityButton } from "./AbilityButton.tsx";
import { Link } from "./links.tsx";
import { RefusalAlert } from "./Refusal.tsx";
import { GrantBadge, OriginBadge } from "./StatusBadge.tsx";
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
        <Link to="/requests/$requestId" params={{ requestId: grant.requestId }} size="sm">
          {grant.requestId}
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
        Ended <When at={end.at} />: {END_REASON[end.reason]}
        {end.note !== undefined && `, “${end.note}”`}
      </Text>
    );
  }
  if (status === "scheduled") {
    return (
      <Text size="sm">
        Begins in <Countdown until={startsAt} />
        {endsAt === undefined ? ", for good" : `, for ${timeLeft(endsAt - startsAt)}`}
      </Text>
    );
  }
  if (endsAt === undefined) return <Text size="sm">For good: until it is revoked or given back.</Text>;
  const left = (100 * (endsAt - now)) / (endsAt - startsAt);
  return (
    <div>
      <Text size="sm" mb={4}>
        <b>
          <Countdown until={endsAt} /> left
        </b>
        , until <When at={endsAt} as="date" />
      </Text>
      <Progress value={Math.max(0, Math.min(100, left))} size="sm" color={left < 15 ? "ember" : "pine"} aria-label="Time left" />
    </div>
  );
}

function GrantEnding({ grant }: { grant: GrantView }) {
  const { me } = useDemo();
  const [asked, form] = useDisclosure();
  const [reason, setReason] = useState("");
  const { run, busy, error } = useCommand();
  const { id: grantId } = grant;
  const release = () =>
    void run({ send: (engine, actor) => engine.releaseGrant(actor, { grantId }), done: () => "Given back: access has ended." });
  const revoke = () =>
    void run({ send: (engine, actor) => engine.revokeGrant(actor, { grantId, reason }), done: () => "Revoked: access has ended." });
  if (asked && grant.revoke.allowed) {
    return (
      <Stack gap="sm">
        <Textarea label="Why it is revoked" withAsterisk autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {error && <RefusalAlert error={error} />}
        <Group gap="xs">
          <Button color="red" size="sm" loading={busy} onClick={revoke}>
            Revoke now
          </Button>
          <Button size="sm" variant="default" onClick={form.close}>
            Keep it
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <>
      {error && <RefusalAlert error={error} />}
      <Group gap="xs" align="flex-start">
        {(grant.release.allowed || grant.holder.id === me.id) && (
          <AbilityButton ability={grant.release} loading={busy} onClick={release} size="xs" variant="default">
            Give it back
          </AbilityButton>
        )}
        <AbilityButton ability={grant.revoke} onClick={form.open} size="xs" variant="outline" color="red">
          Revoke
        </AbilityButton>
      </Group>
    </>
  );
}
