import { Button, Center, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { type AccessError, isAccessError } from "access-engine";
import { useEffect, useState } from "react";
import { Callout } from "../components/Callout.tsx";
import { RefusalCode } from "../components/Refusal.tsx";
import { eraseEverything, isTampered, undoTampering } from "../engine/open.ts";
import { BrokenLink, isCopyHere } from "../engine/copy.ts";
import { Hero } from "../pages/start/Hero.tsx";
import start from "../pages/start/Start.module.css";
import story from "../story/StoryBar.module.css";
import { sentence } from "../words/lists.ts";
import * as words from "../words/shell.ts";
import { Mark } from "./Brand.tsx";
import { LinkFailed } from "./LinkFailed.tsx";
import shell from "./Shell.module.css";

/** What stands there while the engine is opened: on the first page what this is, which is read meanwhile. */
export function OpeningPage() {
  const isFirst = ["", "#", "#/"].includes(location.hash);
  return (
    <>
      <header className={shell.header}>
        <Group h="100%" px="md">
          <Group gap="0.6rem" pl={{ base: 40, md: 0 }}>
            <Mark name="Access engine" />
          </Group>
        </Group>
      </header>
      <div className={shell.navbar} data-open={false} />
      <main className={shell.main} aria-busy>
        {isFirst && (
          <div className={story.story}>
            <div className={story.line} />
          </div>
        )}
        <div className={shell.column}>
          {isFirst ? (
            <div className={start.first}>
              <Hero />
              <Waiting />
            </div>
          ) : (
            <Waiting />
          )}
        </div>
      </main>
    </>
  );
}

function Waiting() {
  return (
    <Stack align="center" justify="center" gap="sm" mih={280}>
      <Loader type="dots" />
      <Text c="dimmed" component="output">
        {words.openingTheEngine}
      </Text>
    </Stack>
  );
}

/** The demo cannot be opened: says why, and how to go on. */
export function OpeningFailed({ failure }: { failure: unknown }) {
  const isLink = failure instanceof BrokenLink || (isCopyHere() && isAccessError(failure));
  return (
    <Center mih="100dvh" p="lg">
      <Stack maw={520} gap="md" component="main">
        <Title order={1}>{isLink ? words.linkNotOpened : words.demoNotOpened}</Title>
        {isLink ? <LinkFailed failure={failure} /> : <OwnFailed failure={failure} />}
      </Stack>
    </Center>
  );
}

function OwnFailed({ failure }: { failure: unknown }) {
  if (isAboutRecord(failure)) return <RecordFailed error={failure} />;
  return <EngineFailed problem={failure instanceof Error ? failure.message : String(failure)} />;
}

/** Only a record that cannot be read is worth throwing away. */
function isAboutRecord(failure: unknown): failure is AccessError {
  return isAccessError(failure) && failure.code.includes("record");
}

function RecordFailed({ error }: { error: AccessError }) {
  const [tampered, setTampered] = useState(false);
  useEffect(() => void isTampered().then(setTampered), []);
  return (
    <>
      <Callout alert tone="no" icon="cross" title={words.theEngineSays}>
        <Text size="sm">{sentence(error.message)}</Text>
        <RefusalCode code={error.code} />
      </Callout>
      <Text c="dimmed">
        {tampered
          ? words.tampered
          : words.aboutTheRecord}
      </Text>
      <Group gap="sm" justify="space-between">
        {tampered ? <Button onClick={() => void undoTampering().then(() => location.reload())}>{words.undoTheTampering}</Button> : <TryAgain />}
        <Button color="red" variant="outline" onClick={() => void eraseEverything().then(() => location.reload())}>
          {words.throwAwayAndStartOver}
        </Button>
      </Group>
    </>
  );
}

function EngineFailed({ problem }: { problem: string }) {
  return (
    <>
      <Text>
        {words.didNotLoad}
      </Text>
      <Text>{words.nothingWasTouched}</Text>
      <Text size="sm" c="dimmed" className="code">
        {problem}
      </Text>
      <TryAgain />
    </>
  );
}

function TryAgain() {
  return (
    <Button w="fit-content" onClick={() => location.reload()}>
      {words.tryAgain}
    </Button>
  );
}
