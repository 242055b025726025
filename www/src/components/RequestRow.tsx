import { Group, Text } from "@mantine/core";
import type { RequestView } from "access-engine";
import type { ReactNode } from "react";
import * as words from "../words/decisions.tsx";
import { durationWords } from "../words/duration.ts";
import { inWords } from "../words/lists.ts";
import { STATUS } from "../words/reasons.ts";
import { targetWords } from "../words/target.ts";
import { when } from "../words/time.ts";
import { Link } from "./links.tsx";
import { PersonMark } from "./PersonChip.tsx";
import classes from "./RequestRow.module.css";
import { RequestBadge } from "./StatusBadge.tsx";
import { StepTrack } from "./StepTrack.tsx";
import { Target } from "./Target.tsx";
import { When } from "./When.tsx";

/** One request in a list; the whole row leads to its page. */
export function RequestRow({ request, task }: { request: RequestView; task?: ReactNode }) {
  const asks = request.closing?.origin === "break_glass" ? words.wentAheadTo : words.asksTo;
  return (
    <li className={classes.row}>
      <PersonMark name={request.requester.name} size={36} />
      <div className={classes.what}>
        <Link
          to="/requests/$requestId"
          params={{ requestId: request.id }}
          className={classes.link}
          c="inherit"
          fw={600}
          underline="never"
          aria-label={words.rowLabel(request.requester.name, asks, inWords(request.actions), targetWords(request.target), STATUS[request.status].toLowerCase(), when(request.madeAt))}
        >
          {request.requester.name}
        </Link>{" "}
        <Text span c="dimmed">
          {asks}
        </Text>{" "}
        <Target target={request.target} actions={request.actions} />
        <Text size="sm" c="dimmed">
          {durationWords(request.durationSeconds)} · {request.policy.name} · <When at={request.madeAt} as="distance" />
        </Text>
        {task}
      </div>
      <Group gap="xs" className={classes.state}>
        <StepTrack request={request} />
        <RequestBadge request={request} />
      </Group>
    </li>
  );
}
