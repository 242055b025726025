import { Anchor, CopyButton, Group, Text, UnstyledButton } from "@mantine/core";
import type { Explanation } from "access-engine";
import type { ReactNode } from "react";
import { Exclusions } from "../../components/Exclusions.tsx";
import { Panel } from "../../components/Panel.tsx";
import { PersonChip } from "../../components/PersonChip.tsx";
import { Target } from "../../components/Target.tsx";
import { When } from "../../components/When.tsx";
import { inWords } from "../../words/lists.ts";
import { DurationFact } from "./DurationFact.tsx";

/** What was asked for. */
export function Facts({ explanation }: { explanation: Explanation }) {
  const { request } = explanation;
  return (
    <Panel title="What is asked for">
      <dl className="facts">
        <Fact name="Requester">
          <PersonChip name={request.requester.name} />
        </Fact>
        <Fact name="Target">
          <Target target={request.target} />
        </Fact>
        <Fact name="Actions">{inWords(request.actions)}</Fact>
        <Fact name="Duration">
          <DurationFact explanation={explanation} />
        </Fact>
        {request.startsAt !== undefined && (
          <Fact name="Starting">
            <When at={request.startsAt} />
          </Fact>
        )}
        <Fact name="Why">{request.justification ?? <Text c="dimmed">No reason given; the policy does not ask for one.</Text>}</Fact>
        {request.ticketUrl !== undefined && (
          <Fact name="Ticket">
            <Anchor href={request.ticketUrl} target="_blank" rel="noreferrer noopener">
              {request.ticketUrl}
            </Anchor>
          </Fact>
        )}
        {request.exclusions.length > 0 && (
          <Fact name="Left out">
            <Exclusions exclusions={request.exclusions} />
          </Fact>
        )}
        <Fact name="Policy">{`${request.policy.name}, version ${request.policyVersion}`}</Fact>
        <Fact name="Asked">
          <When at={request.madeAt} />
        </Fact>
        {request.status === "pending" && (
          <Fact name="Expires">
            <When at={request.expiresAt} />
          </Fact>
        )}
        <Fact name="Content hash">
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
            {copied ? "Copied" : "Copy all"}
          </UnstyledButton>
        </Group>
      )}
    </CopyButton>
  );
}
