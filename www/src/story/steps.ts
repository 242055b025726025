import type { NavigateOptions } from "@tanstack/react-router";
import type { Demo } from "../engine/demo.ts";
import type { Chapter } from "../engine/progress.ts";
import * as words from "../words/story.ts";
import { approveStep, breakGlassStep, endStep, policyStep, requestStep } from "./played.ts";

/** A step of the story as it stands now. */
export interface StoryStep {
  readonly chapter: Chapter | "product";
  readonly title: string;
  /** What is there for it. */
  readonly text: string;
  /** Who does it; absent where it does not matter. */
  readonly persona?: string;
  readonly link: NavigateOptions;
  /** What to press there, and in the form that this opens. */
  readonly press?: string;
  readonly pressInForm?: string;
  readonly done: boolean;
}

/** The six steps, from a policy to one's own product. */
export function storySteps(demo: Demo, at: number): StoryStep[] {
  const played = [policyStep(demo, at), requestStep(demo, at), approveStep(demo, at), breakGlassStep(demo, at), endStep(demo, at)];
  return [
    ...played.map((step) => Object.assign(step, { done: demo.progress.has(step.chapter) })),
    {
      chapter: "product",
      title: words.putThisIntoYourProduct,
      text: words.aFewLines,
      link: { to: "/product" },
      done: demo.cabinet.recall("productSeen") ?? false,
    },
  ];
}
