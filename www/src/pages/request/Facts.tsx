import { Anchor, CopyButton, Group, Text, UnstyledButton } from "@mantine/core";
import type { Explanation } from "access-engine";
import type { ReactNode } from "react";
import { Exclusions } from "../../components/Exclusions.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PersonChip } from "../../components/PersonChip.tsx";
import { Target } from "../../components/Target.tsx";
import { When } from "../../components/When.tsx";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/request.tsx";
import { DurationFact } from "./DurationFact.tsx";

/** What was asked for. */
export function Facts({ explanation }: { explanation: Explanation }) {
  const { request } = explanation;
  return (
    <Panel title={words.whatIsAskedFor}>
      <dl className="facts">
        <Fact name={words.requester}>
          <PersonChip name={request.requester.name} />
        </Fact>
        <Fact name={words.target}>
          <Target target={request.target} />
        </Fact>
        <Fact name={words.actions}>{inWords(request.actions)}</Fact>
        <Fact name={words.duration}>
          <DurationFact explanation={explanation} />
        </Fact>
        {request.startsAt !== undefined && (
          <Fact name={words.starting}>
            <When at={request.startsAt} />
          </Fact>
        )}
        <Fact name={words.why}>{request.justification ?? <Text c="dimmed">{words.noReasonGiven}</Text>}</Fact>
        {request.ticketUrl !== undefined && (
          <Fact name={words.ticket}>
            <Anchor href={request.ticketUrl} target="_blank" rel="noreferrer noopener">
              {request.ticketUrl}
            </Anchor>
          </Fact>
        )}
        {request.exclusions.length > 0 && (
          <Fact name={words.leftOut}>
            <Exclusions exclusions={request.exclusions} />
          </Fact>
        )}
        <Fact name={words.policy}>{words.version(request.policy.name, request.policyVersion)}</Fact>
        <Fact name={words.asked}>
          <When at={request.madeAt} />
        </Fact>
        {request.status === "pending" && (
          <Fact name={words.expires}>
            <When at={request.expiresAt} />
          </Fact>
        )}
        <Fact name={words.contentHash}>
          <ContentHash hash={request.contentHash} />
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What a review is given on; its start is enough to compare by eye. */
function ContentHash({ hash }: { hash: string }) {
  return (
    <CopyButton value={hash}>
      {({ copied, copy }) => (
        <Group gap="xs">
          <span className="code" title={hash}>
            {hash.slice(0, 16)}…
          </span>
          <UnstyledButton onClick={copy} fz="sm" td="underline">
            {copied ? words.copied : words.copyAll}
          </UnstyledButton>
        </Group>
      )}
    </CopyButton>
  );
}
