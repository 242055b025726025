import { Button, Text } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import { useStory } from "../../story/useStory.ts";
import * as words from "../../words/pages/start.ts";

/** Leads to where the story goes on. */
export function PlayStory() {
  const { next, doneCount, play } = useStory();
  if (next === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {words.storyNeedsTheSample}
      </Text>
    );
  }
  return (
    <Button size="md" onClick={() => play(next)} rightSection={<Icon name="next" size={16} />}>
      {doneCount === 0 ? words.playTheStory : words.goOnWithTheStory}
    </Button>
  );
}
