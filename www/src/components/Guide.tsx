import { CloseButton, Text, Title, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { Chapter } from "../engine/progress.ts";
import { useDemo } from "../state/demo.tsx";
import { chapters } from "./chapters.ts";
import classes from "./Guide.module.css";
import { Icon } from "./icons.tsx";

/** The five parts of the story, each leading to its page as the person who plays it. */
export function Guide() {
  const { demo, become, at } = useDemo();
  const navigate = useNavigate();
  const id = useId();
  const [hidden, setHidden] = useState(() => demo.cabinet.recall("guideHidden") ?? false);
  if (hidden) return null;
  const hide = () => {
    setHidden(true);
    void demo.cabinet.change("guideHidden", () => true);
  };
  const isDone = (chapter: Chapter) => demo.progress.has(chapter);
  return (
    <section className={classes.guide} aria-labelledby={id}>
      <div className={classes.head}>
        <div>
          <Title order={2} id={id}>
            Try it: one request from policy to access and back
          </Title>
          <Text size="sm" c="dimmed">
            {`Five steps; each button makes you the person who does it. ${demo.progress.count} of 5 done.`}
          </Text>
        </div>
        <CloseButton aria-label="Put the guide away" onClick={hide} />
      </div>
      <ol className={classes.chapters}>
        {chapters(demo, at).map(({ chapter, title, text, persona, link }, index) => (
          <li key={chapter} className={classes.chapter} data-done={isDone(chapter)}>
            <span className={classes.number} aria-hidden="true">
              {isDone(chapter) ? <Icon name="check" size={15} /> : index + 1}
            </span>
            <div className={classes.words}>
              <Text fw={600}>
                {title}
                {isDone(chapter) && <VisuallyHidden>, done</VisuallyHidden>}
              </Text>
              <Text size="sm" c="dimmed" className={classes.text}>
                {text}
              </Text>
              <UnstyledButton
                className={classes.go}
                onClick={() => {
                  become(persona);
                  void navigate(link);
                }}
              >
                {`As ${demo.directory.name(persona).split(" ")[0]}`}
                <Icon name="next" size={15} />
              </UnstyledButton>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
