import { Badge, Box, Button, Divider, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { Icon, type IconName } from "../components/icons.tsx";
import { useAnswer } from "../state/ask.ts";
import { useDemo } from "../state/demo.tsx";
import { useFindings } from "../state/findings.ts";
import type { Story } from "../story/useStory.ts";
import classes from "./Nav.module.css";
import { ProjectTools } from "./ProjectTools.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";

const PAGES: readonly { to: string; label: string; icon: IconName }[] = [
  { to: "/", label: "Start", icon: "home" },
  { to: "/inbox", label: "Inbox", icon: "check" },
  { to: "/requests", label: "Requests", icon: "requests" },
  { to: "/access", label: "My access", icon: "key" },
  { to: "/policies", label: "Policies", icon: "policy" },
  { to: "/permissions", label: "Permissions", icon: "lock" },
  { to: "/people", label: "People", icon: "people" },
  { to: "/delegations", label: "Delegations", icon: "next" },
  { to: "/outbox", label: "Outbox", icon: "mail" },
  { to: "/record", label: "Record", icon: "record" },
  { to: "/simulator", label: "Try to break it", icon: "glass" },
];

/** The pages; says when one is left for another. */
export function Nav({ story, onCalls, onLeave }: { story: Story; onCalls: () => void; onLeave: () => void }) {
  const { demo } = useDemo();
  const { online } = useNetwork();
  const waiting = useAnswer(["waiting"], (engine, actor, now) => engine.inbox(actor, { limit: 1 }, now).total).value ?? 0;
  const counts: Record<string, { count: number; noun: string }> = {
    "/inbox": { count: waiting, noun: "waiting for you" },
    "/outbox": { count: demo.mailbox.count, noun: "messages" },
  };
  return (
    <Stack h="100%" gap="xs" p="md" justify="space-between" className={classes.column}>
      <nav aria-label="Pages">
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
          Everything stays in this {demo.cabinet.lasts ? "browser" : "tab"}. {online ? "The page talks to no server." : "You are offline: everything works all the same."}
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
          The call just made
        </Button>
        {story.isHidden && story.next && (
          <Button variant="default" fullWidth size="sm" mb="xs" leftSection={<Icon name="next" size={16} />} onClick={() => story.hide(false)}>
            Show the story
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
        {length} <VisuallyHidden>{length === 1 ? "finding" : "findings"}</VisuallyHidden>
      </Badge>
    </Link>
  );
}
