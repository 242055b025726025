import { Button, Text } from "@mantine/core";
import { AndMore } from "../../components/AndMore.tsx";
import { List } from "../../components/List.tsx";
import { Panel } from "../../components/Panel.tsx";
import { When } from "../../components/When.tsx";
import { useDemo } from "../../state/demo.tsx";
import { counted } from "../../words/lists.ts";
import * as words from "../../words/pages/outbox.tsx";
import { render } from "./address.ts";
import { useUndelivered } from "./useUndelivered.ts";

const FIRST = 10;

/** What the outbox of the store still holds, and why. */
export function Undelivered() {
  const { demo, engine } = useDemo();
  const left = useUndelivered();
  if (left.length === 0) return null;
  return (
    <Panel
      tone="ember"
      title={words.notDelivered}
      hint={words.triesAgain(counted(left.length, "message"))}
      aside={
        <Button size="xs" onClick={() => void demo.sendAgain()}>
          {words.sendAgain}
        </Button>
      }
    >
      <List label={words.notDelivered}>
        {left.slice(0, FIRST).map(({ noticeId, recipientId, state, attempts, at, problem }) => {
          const message = demo.mailbox.attempted(`${noticeId}:${recipientId}`);
          return (
            <li key={`${noticeId}:${recipientId}`}>
              <Text size="sm" fw={600} mt={6}>
                {words.messageTo(message ? render(engine, message).subject : words.aMessage, demo.directory.name(recipientId))}
              </Text>
              <Text size="sm" c="dimmed">
                {words.tries(state === "failed" ? words.failed : words.waiting, counted(attempts, "attempt"))}
                {problem !== undefined && `: ${problem}`}
                {state === "waiting" && at !== undefined && (
                  <>
                    {words.nextTry(<When at={at} as="date" />)}
                  </>
                )}
              </Text>
            </li>
          );
        })}
      </List>
      <AndMore left={left.length - FIRST} />
    </Panel>
  );
}
