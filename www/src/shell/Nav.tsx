import { Badge, Box, Button, Divider, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { Icon, type IconName } from "../components/icons.tsx";
import { useAnswer } from "../state/ask.ts";
import { useDemo } from "../state/demo.tsx";
import { useFindings } from "../state/findings.ts";
import type { Story } from "../story/useStory.ts";
import * as words from "../words/shell.ts";
import classes from "./Nav.module.css";
import { ProjectTools } from "./ProjectTools.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

const PAGES: readonly { to: string; label: string; icon: IconName }[] = [
  { to: "/", label: words.start, icon: "home" },
  { to: "/inbox", label: words.inbox, icon: "check" },
  { to: "/requests", label: words.requests, icon: "requests" },
  { to: "/access", label: words.myAccess, icon: "key" },
  { to: "/policies", label: words.policies, icon: "policy" },
  { to: "/permissions", label: words.permissions, icon: "lock" },
  { to: "/people", label: words.people, icon: "people" },
  { to: "/delegations", label: words.delegations, icon: "next" },
  { to: "/outbox", label: words.outbox, icon: "mail" },
  { to: "/record", label: words.record, icon: "record" },
  { to: "/simulator", label: words.tryToBreakIt, icon: "glass" },
];

/** The pages; says when one is left for another. */
export function Nav({ story, onCalls, onLeave }: { story: Story; onCalls: () => void; onLeave: () => void }) {
  const { demo } = useDemo();
  const { online } = useNetwork();
  const waiting = useAnswer(["waiting"], (engine, actor, now) => engine.inbox(actor, { limit: 1 }, now).total).value ?? 0;
  const counts: Record<string, { count: number; noun: string }> = {
    "/inbox": { count: waiting, noun: words.waitingForYou },
    "/outbox": { count: demo.mailbox.count, noun: words.messages },
  };
  return (
    <Stack h="100%" gap="xs" p="md" justify="space-between" className={classes.column}>
      <nav aria-label={words.pages}>
        {PAGES.map(({ to, label, icon }) => {
          const count = counts[to];
          return (
            <div key={to} className={classes.row}>
              <Link to={to} onClick={onLeave} className={classes.page} activeProps={{ className: `${classes.page} ${classes.active}` }}>
                <Icon name={icon} />
                <span>{label}</span>
                {count !== undefined && count.count > 0 && (
                  <Badge size="sm" ml="auto" color={to === "/inbox" ? "pine" : "gray"} variant={to === "/inbox" ? "filled" : "light"}>
                    {count.count} <VisuallyHidden>{count.noun}</VisuallyHidden>
                  </Badge>
                )}
              </Link>
              {to === "/policies" && <Health onLeave={onLeave} />}
            </div>
          );
        })}
      </nav>
      <Box>
        <Divider mb="sm" color="var(--line)" />
        <Text size="xs" c="dimmed" mb="sm">
          {words.everythingStays(demo.cabinet.lasts ? words.browser : words.tab, online ? words.talksToNoServer : words.youAreOffline)}
        </Text>
        <Button
          variant="default"
          fullWidth
          size="sm"
          mb="xs"
          hiddenFrom="sm"
          leftSection={<Icon name="code" size={16} />}
          onClick={() => {
            onLeave();
            onCalls();
          }}
        >
          {words.theCallJustMade}
        </Button>
        {story.isHidden && story.next && (
          <Button variant="default" fullWidth size="sm" mb="xs" leftSection={<Icon name="next" size={16} />} onClick={() => story.hide(false)}>
            {words.showTheStory}
          </Button>
        )}
        <ThemeSwitch />
        <ProjectTools />
      </Box>
    </Stack>
  );
}

/** How much is wrong with policies, people and requests, for those who can put it right; leads there. */
function Health({ onLeave }: { onLeave: () => void }) {
  const { length = 0 } = useFindings() ?? {};
  if (length === 0) return null;
  return (
    <Link to="/policies" search={{ view: "health" }} onClick={onLeave} className={classes.findings}>
      <Badge size="sm" color="ember">
        {length} <VisuallyHidden>{length === 1 ? words.finding : words.findings}</VisuallyHidden>
      </Badge>
    </Link>
  );
}
