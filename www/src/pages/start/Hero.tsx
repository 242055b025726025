import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { Code } from "../../components/Code.tsx";
import { Icon } from "../../components/icons.tsx";
import { useStory } from "../../story/useStory.ts";
import { Addresses } from "./Addresses.tsx";
import classes from "./Start.module.css";

/** What this is in one sentence, and how to have it. */
export function Hero() {
  const story = useStory();
  const { next } = story;
  useEffect(() => {
    document.title = "Access engine: just-in-time access for any product";
  }, []);
  return (
    <Stack gap="md" className={classes.hero}>
      <Text size="sm" fw={650} className={classes.name}>
        Access engine
      </Text>
      <Title order={1} className={classes.promise}>
        Access when it is needed, gone when it is not
      </Title>
      <Text size="lg" maw="34rem">
        A developer asks, the right people agree, and access ends by itself: one engine for any product, in your server
        and, as here, in the browser.
      </Text>
      <div className={classes.install}>
        <Code label="How to install it" text="npm i access-engine" copies />
      </div>
      <Group gap="lg">
        {next && (
          <Button size="md" onClick={() => story.play(next)} rightSection={<Icon name="next" size={16} />}>
            {story.doneCount === 0 ? "Play the story" : "Go on with the story"}
          </Button>
        )}
        <Addresses />
      </Group>
    </Stack>
  );
}
