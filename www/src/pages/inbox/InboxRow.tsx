import { Button, Checkbox, Group, Text } from "@mantine/core";
import type { InboxItem } from "access-engine";
import { useEffect, useRef } from "react";
import { Link } from "../../components/links.tsx";
import { PersonMark } from "../../components/PersonChip.tsx";
import { StepTrack } from "../../components/StepTrack.tsx";
import { Target } from "../../components/Target.tsx";
import { When } from "../../components/When.tsx";
import { durationWords } from "../../words/duration.ts";
import { inWords, shortened } from "../../words/lists.ts";
import * as words from "../../words/pages/inbox.ts";
import { targetWords } from "../../words/target.ts";
import { TASK } from "../../words/tasks.ts";
import classes from "./InboxRow.module.css";

interface Props {
  item: InboxItem;
  unread: boolean;
  selected: boolean;
  /** Whether nothing must be read before it is approved. */
  quick: boolean;
  ticked: boolean;
  onTick: () => void;
  onApprove: () => void;
  busy: boolean;
}

/** One task, as a mail reader shows a letter. */
export function InboxRow({ item: { request, task }, unread, selected, quick, ticked, onTick, onApprove, busy }: Props) {
  const what = `${request.requester.name}, ${inWords(request.actions)} ${targetWords(request.target)}`;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <li ref={row} className={classes.row} data-selected={selected} data-unread={unread}>
      <span className={classes.tick}>
        {quick ? <Checkbox size="sm" checked={ticked} onChange={onTick} aria-label={words.selectLabel(what)} /> : <PersonMark name={request.requester.name} size={20} />}
      </span>
      <div className={classes.what}>
        <Group gap="xs" justify="space-between" wrap="nowrap">
          <Link
            to="/inbox"
            search={(before) => ({ ...before, request: request.id })}
            resetScroll={false}
            className={classes.link}
            c="inherit"
            underline="never"
            aria-label={unread ? words.unreadLabel(what) : what}
            current={selected}
          >
            {request.requester.name}
          </Link>
          <Text size="xs" c="dimmed" className={classes.time}>
            <When at={request.madeAt} as="distance" />
          </Text>
        </Group>
        <Text size="sm" component="div">
          <Target target={request.target} actions={request.actions} />
        </Text>
        <Text size="sm" c="dimmed">
          {`${durationWords(request.durationSeconds)} · ${shortened(request.justification ?? words.noReasonGiven, 110)}`}
        </Text>
        <Group gap="xs" justify="space-between" mt={4}>
          <Group gap="xs">
            <StepTrack request={request} />
            {task === "acknowledge" && (
              <Text size="sm" fw={600} c="ember">
                {TASK[task]}
              </Text>
            )}
          </Group>
          {quick && (
            <Button size="compact-sm" variant="light" className={classes.approve} onClick={({ detail }) => detail < 2 && onApprove()} disabled={busy} aria-label={words.approveLabel(what)}>
              {words.approve}
            </Button>
          )}
        </Group>
      </div>
    </li>
  );
}
