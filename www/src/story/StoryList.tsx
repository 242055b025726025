import { Button, Group, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Icon } from "../components/icons.tsx";
import * as words from "../words/story.ts";
import { GoWords } from "./GoWords.tsx";
import classes from "./StoryList.module.css";
import type { Story } from "./useStory.ts";

/** All steps of the story, each leading to its page as the person who plays it. */
export function StoryList({ story, onHide }: { story: Story; onHide: () => void }) {
  const { steps, doneCount, play, hide } = story;
  return (
    <>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step.chapter} data-done={step.done} className={classes.step}>
            <span className={classes.number} aria-hidden="true">
              {step.done ? <Icon name="check" size={14} /> : index + 1}
            </span>
            <div>
              <Text size="sm" fw={600}>
                {step.title}
                {step.done && <VisuallyHidden>{words.done}</VisuallyHidden>}
              </Text>
              <Text size="sm" c="dimmed">
                {step.text}
              </Text>
              <UnstyledButton className={classes.go} onClick={() => play(step)}>
                <GoWords persona={step.persona} />
                <VisuallyHidden>{`: ${step.title}`}</VisuallyHidden>
                <Icon name="next" size={14} />
              </UnstyledButton>
            </div>
          </li>
        ))}
      </ol>
      <Group justify="space-between" className={classes.foot}>
        <Text size="sm" c="dimmed">{words.countDone(doneCount, steps.length)}</Text>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            onHide();
            hide(true);
          }}
        >
          {words.hideTheStory}
        </Button>
      </Group>
    </>
  );
}
