import { Text } from "@mantine/core";
import type { AccessEvent } from "access-engine";
import { useRef } from "react";
import { MoreButton } from "../../components/MoreButton.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { Period, When } from "../../components/When.tsx";
import { useHistory } from "../../state/pages.ts";
import * as words from "../../words/pages/request.tsx";
import classes from "./Timeline.module.css";

const FIRST = 50;

function isBreakGlass(event: AccessEvent): boolean {
  return event.type === "requestApproved" && event.closing.origin === "break_glass";
}

/** Everything that happened to a request, the newest first. */
export function Timeline({ requestId }: { requestId: string }) {
  const { answer, showMore } = useHistory(FIRST, { filter: { requestId } });
  const { value: page, error } = answer ?? {};
  const list = useRef<HTMLOListElement>(null);
  return (
    <Panel title={words.timeline} hint={words.fromTheRecordNewestFirst}>
      {error && <RefusalAlert error={error} />}
      <ol className={classes.timeline} ref={list}>
        {page?.items.map(({ cursor, at, summary, startsAt, endsAt, event }) => (
          <li key={cursor} className={classes.entry} data-event={event.type} data-glass={isBreakGlass(event)}>
            <Text size="sm">
              <Sentence clause={summary} />
            </Text>
            <Text size="xs" c="dimmed">
              <When at={at} />
              <Period startsAt={startsAt} endsAt={endsAt} />
            </Text>
          </li>
        ))}
      </ol>
      {page && <MoreButton shown={page.items.length} total={page.goesOn ? undefined : page.items.length} noun="entry" nouns="entries" onMore={showMore} list={list} />}
    </Panel>
  );
}
