import { Button, Text } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import { useStory } from "../../story/useStory.ts";

/** Leads to where the story goes on. */
export function PlayStory() {
  const { next, doneCount, play } = useStory();
  if (next === undefined) {
    return (
      <Text size="sm" c="dimmed">
        The story is told with the sample company: “Start over” brings it back.
      </Text>
    );
  }
  return (
    <Button size="md" onClick={() => play(next)} rightSection={<Icon name="next" size={16} />}>
      {doneCount === 0 ? "Play the story" : "Go on with the story"}
    </Button>
  );
}
