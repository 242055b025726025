import { Button, Text } from "@mantine/core";
import type { AccessEvent } from "access-engine";
import { useState } from "react";
import { Panel } from "../../components/Panel.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import { Period, When } from "../../components/When.tsx";
import { useAnswer } from "../../state/ask.ts";
import classes from "./Timeline.module.css";

const FIRST = 50;

function isBreakGlass(event: AccessEvent): boolean {
  return event.type === "requestApproved" && event.closing.origin === "break_glass";
}

/** Everything that happened to a request, the newest first. */
export function Timeline({ requestId }: { requestId: string }) {
  const [limit, setLimit] = useState(FIRST);
  const { value: page, error } = useAnswer((engine, actor, now) => engine.history(actor, { requestId, limit }, now));
  return (
    <Panel title="Timeline" hint="From the record; the newest first.">
      {error && <RefusalAlert error={error} />}
      <ol className={classes.timeline}>
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
      {page?.next !== undefined && (
        <Button variant="default" size="xs" onClick={() => setLimit(200)}>
          Show earlier ones
        </Button>
      )}
    </Panel>
  );
}
