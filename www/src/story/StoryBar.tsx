import { Button, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useId } from "react";
import { Icon } from "../components/icons.tsx";
import * as words from "../words/story.ts";
import { GoWords } from "./GoWords.tsx";
import type { StoryStep } from "./steps.ts";
import type { Story } from "./useStory.ts";
import classes from "./StoryBar.module.css";
import { StoryList } from "./StoryList.tsx";

/** The story in one line: how far it is, and what to press next. All of it unfolds. */
export function StoryBar({ story }: { story: Story }) {
  const { steps, next, doneCount, isHere, pressed, play } = story;
  const [open, fold] = useDisclosure();
  const id = useId();
  if (next === undefined) return null;
  const press = pressed(next);
  return (
    <section className={classes.story} aria-label={words.theStory} data-open={open} data-presses={press !== undefined} tabIndex={-1}>
      <div className={classes.line}>
        <ol className={classes.track} aria-hidden="true">
          {steps.map(({ chapter, done }) => (
            <li key={chapter} data-done={done} data-next={!done && chapter === next.chapter} />
          ))}
        </ol>
        <Text span size="sm" c="dimmed" className={classes.count}>
          <span aria-hidden="true">{`${doneCount}/${steps.length}`}</span>
          <VisuallyHidden>{words.storyOf(doneCount, steps.length)}</VisuallyHidden>
        </Text>
        <Text component="p" size="sm" className={classes.words}>
          <b className={classes.title}>{next.done ? words.allDone : `${next.title}.`}</b>
          <span className={classes.text}>{` ${press === undefined ? textOf(next) : words.press(quoted(press))}`}</span>
        </Text>
        {!isHere(next) && (
          <Button size="compact-sm" className={classes.go} onClick={() => play(next)} rightSection={<Icon name="next" size={14} />} data-story="go">
            <GoWords persona={next.persona} />
          </Button>
        )}
        <UnstyledButton className={classes.fold} onClick={fold.toggle} aria-expanded={open} aria-controls={id} aria-label={open ? words.foldTheStory : words.unfoldTheStory}>
          <Icon name="down" size={18} />
        </UnstyledButton>
      </div>
      <div id={id}>{open && <StoryList story={story} onHide={fold.close} />}</div>
    </section>
  );
}

function textOf(next: StoryStep): string {
  return next.done ? words.goOn : next.text;
}

function quoted(press: string): string {
  return press.includes("“") ? press : `“${press}”`;
}
