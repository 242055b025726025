import { ActionIcon, Box, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { Callout } from "../components/Callout.tsx";
import { Icon } from "../components/icons.tsx";
import { whenOpened } from "../components/whenOpened.tsx";
import { SaidProvider } from "../state/command.tsx";
import { useDemo } from "../state/demo.tsx";
import { StoryBar } from "../story/StoryBar.tsx";
import { useStory } from "../story/useStory.ts";
import * as words from "../words/shell.ts";
import { Brand } from "./Brand.tsx";
import { ClockControl } from "./ClockControl.tsx";
import { Nav } from "./Nav.tsx";
import { PersonaSwitcher } from "./PersonaSwitcher.tsx";
import { SaidStrip } from "./SaidStrip.tsx";
import classes from "./Shell.module.css";

const SharedCopy = lazy(async () => ({ default: (await import("./SharedCopy.tsx")).SharedCopy }));
const CallsDrawer = whenOpened(async () => (await import("../calls/CallsDrawer.tsx")).CallsDrawer);

/** The frame around every page: where one is, who one is, and what time it is. */
export function Shell() {
  const { demo } = useDemo();
  const [open, menu] = useDisclosure();
  const [callsOpen, { open: openCalls, close: closeCalls }] = useDisclosure();
  const isLoading = useRouterState({ select: (state) => state.isLoading });
  const router = useRouter();
  useEffect(() => router.subscribe("onBeforeNavigate", ({ pathChanged }) => pathChanged && closeCalls()), [router, closeCalls]);
  const story = useStory();
  const next = story.isHidden || story.next?.done ? undefined : story.next;
  return (
    <SaidProvider>
      <a href="#main" className="skip" onClick={focusMain}>
        {words.skipToThePage}
      </a>
      <div data-next={next && (story.isHere(next) ? next.chapter : "go")}>
        <header className={classes.header}>
          <Group h="100%" px="md" gap="xs" wrap="nowrap">
            <Burger opened={open} onClick={menu.toggle} hiddenFrom="md" size="sm" aria-label={open ? words.closeTheMenu : words.openTheMenu} />
            <Brand />
            <Group gap={8} ml="auto" wrap="nowrap">
              <ActionIcon variant="default" radius="xl" size={44} visibleFrom="sm" aria-label={words.theCallJustMade} title={words.theCallJustMade} onClick={openCalls}>
                <Icon name="code" />
              </ActionIcon>
              <ClockControl />
              <PersonaSwitcher />
            </Group>
          </Group>
        </header>
        <div className={classes.navbar} data-open={open}>
          <Nav story={story} onCalls={openCalls} onLeave={menu.close} />
        </div>
        <main id="main" tabIndex={-1} aria-busy={isLoading} className={classes.main}>
          {!story.isHidden && <StoryBar story={story} />}
          <div className={classes.column}>
            <Suspense>{demo.isCopy && <SharedCopy />}</Suspense>
            {!demo.cabinet.lasts && !demo.isCopy && (
              <Box mb="lg">
                <Callout tone="wait" icon="lock" title={words.keepsNothing}>
                  <Text size="sm">{words.worksInThisTab}</Text>
                </Callout>
              </Box>
            )}
            <Outlet />
          </div>
          <SaidStrip onCalls={openCalls} />
        </main>
      </div>
      <CallsDrawer opened={callsOpen} onClose={closeCalls} />
    </SaidProvider>
  );
}

/** A plain link would change the address, which says which page is shown. */
function focusMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}
