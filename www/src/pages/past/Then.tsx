import { Stack, Text } from "@mantine/core";
import type { GrantId, PolicyId, RequestId } from "access-engine";
import { Callout } from "../../components/Callout.tsx";
import { RequestRow } from "../../components/RequestRow.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { useDemo } from "../../state/demo.tsx";
import { type Part, useHistory, useList } from "../../state/pages.ts";
import * as words from "../../words/pages/past.ts";
import { fromNow, when } from "../../words/time.ts";
import { GrantThen } from "./GrantThen.tsx";
import { Listed } from "./Listed.tsx";
import { PolicyThen } from "./PolicyThen.tsx";
import classes from "./Then.module.css";

const FIRST = 20;
/** So much of one commit is told. */
const TOLD = 10;

/** The project at a moment, as far as the visitor may see it; paler while another one is read. */
export function Then({ version, present, isLeft, isNewest }: { version: number; present: number; isLeft: boolean; isNewest: boolean }) {
  const { at } = useDemo();
  return (
    <Stack gap="lg" className={classes.then} aria-busy={isLeft}>
      <Callout tone={isNewest ? "yes" : "wait"} icon="clock" title={isNewest ? words.thisIsTheNewest : words.thisIsThePast(when(at), fromNow(at, present))}>
        <Happened version={version} />
        {!isNewest && (
          <Text size="sm" c="dimmed">
            {words.linksLeadToNow}
          </Text>
        )}
      </Callout>
      <Requests />
      <Access />
      <Policies />
    </Stack>
  );
}

function Happened({ version }: { version: number }) {
  const { answer } = useHistory(TOLD, { filter: {} });
  const entries = answer?.value?.items.filter((it) => it.version === version) ?? [];
  return (
    <>
      {entries.toReversed().map(({ cursor, summary }) => (
        <Text key={cursor} size="sm">
          <Sentence clause={summary} />
        </Text>
      ))}
    </>
  );
}

function Requests() {
  const { answer, showMore } = useList(FIRST, ["requests then"], (engine, actor, part: Part<RequestId>, now) => engine.requests(actor, part, now));
  return (
    <Listed title={words.requests} noun="request" nothing={words.noRequestThen} answer={answer} onMore={showMore}>
      {(request) => <RequestRow key={request.id} request={request} />}
    </Listed>
  );
}

function Access() {
  const { answer, showMore } = useList(FIRST, ["access then"], (engine, actor, part: Part<GrantId>, now) => engine.grants(actor, { status: ["live", "scheduled"], ...part }, now));
  return (
    <Listed title={words.liveAccess} noun="grant" nothing={words.noAccessThen} answer={answer} onMore={showMore}>
      {(grant) => <GrantThen key={grant.id} grant={grant} />}
    </Listed>
  );
}

function Policies() {
  const { answer, showMore } = useList(FIRST, ["policies then"], (engine, actor, part: Part<PolicyId>, now) => engine.policies(actor, part, now));
  return (
    <Listed title={words.policies} noun="policy" nouns="policies" nothing={words.thereWasNoPolicyYet} answer={answer} onMore={showMore}>
      {(policy) => <PolicyThen key={policy.id} policy={policy} />}
    </Listed>
  );
}
