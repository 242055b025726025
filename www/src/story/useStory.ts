import { useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { useMemo } from "react";
import { useDemo } from "../state/demo.tsx";
import { keepFocus } from "../state/focus.ts";
import { type StoryStep, storySteps } from "./steps.ts";

export interface Story {
  readonly steps: readonly StoryStep[];
  /** The first that is not done; the last when all are. */
  readonly next: StoryStep | undefined;
  readonly doneCount: number;
  readonly isHidden: boolean;
  readonly hide: (hidden: boolean) => void;
  /** Whether the visitor is who plays the step, where it is played; and what to press there. */
  readonly isHere: (step: StoryStep) => boolean;
  readonly pressed: (step: StoryStep) => string | undefined;
  /** Becomes that person and goes there. */
  readonly play: (step: StoryStep) => void;
}

/** The story as it stands; it is about the people of the sample. */
export function useStory(): Story {
  const { demo, me, become, at, revision } = useDemo();
  const router = useRouter();
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isAt = ({ persona, link }: StoryStep, form = "") => (persona === undefined || persona === me.id) && path === `${router.buildLocation(link).pathname}${form}`;
  const isInForm = (step: StoryStep) => step.pressInForm !== undefined && isAt(step, "/new");
  // oxlint-disable-next-line react/exhaustive-deps -- the engine answers differently with each revision
  const steps = useMemo(() => (demo.isSample ? storySteps(demo, at) : []), [demo, at, revision]);
  return {
    steps,
    next: steps.find(({ done }) => !done) ?? steps.at(-1),
    doneCount: steps.filter(({ done }) => done).length,
    isHidden: !demo.isSample || (demo.cabinet.recall("storyHidden") ?? false),
    hide: (hidden) => {
      const giveFocusBack = keepFocus();
      void demo.cabinet.change("storyHidden", () => hidden).then(() => demo.changed()).then(giveFocusBack);
    },
    isHere: (step) => isAt(step) || isInForm(step),
    pressed: (step) => {
      if (isInForm(step)) return step.pressInForm;
      return isAt(step) ? step.press : undefined;
    },
    play: ({ persona, link }) => {
      const giveFocusBack = keepFocus();
      if (persona !== undefined) become(persona);
      void navigate(link).then(giveFocusBack);
    },
  };
}
