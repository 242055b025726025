import { Stack } from "@mantine/core";
import { Facts } from "./start/Facts.tsx";
import { Hero } from "./start/Hero.tsx";
import { LiveDecision } from "./start/LiveDecision.tsx";
import { PlayStory } from "./start/PlayStory.tsx";
import { Proof } from "./start/Proof.tsx";
import classes from "./start/Start.module.css";

/** What this is, at work, and how to have it. */
export function StartPage() {
  return (
    <Stack gap="lg">
      <div className={classes.first}>
        <Hero>
          <PlayStory />
        </Hero>
        <LiveDecision />
      </div>
      <Facts />
      <Proof />
    </Stack>
  );
}
