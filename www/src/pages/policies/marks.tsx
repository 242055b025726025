import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { errorAt } from "../../components/errors.tsx";
import { Sentence } from "../../components/Sentence.tsx";
import type { Fault } from "../../words/refusals.ts";

/** What an input of the form says of what is wrong at its place, beside what it says anyway. */
export type Marks = (place: string, description?: string) => { error: ReactNode; description: ReactNode };

/** Faults are refused; notes are findings, with which a policy can be saved. */
export function marksOf(faults: readonly Fault[], notes: readonly Fault[]): Marks {
  return (place, description) => {
    const here = notes.filter((it) => it.place === place);
    const noted = here.map(({ words }) => <Note key={words} words={words} />);
    return { error: errorAt(faults, place), description: here.length === 0 ? description : [description, noted] };
  };
}

function Note({ words }: { words: string }) {
  return (
    <Text span display="block" size="sm" c="light-dark(#a33a0b, #ff9a66)">
      <Sentence clause={words} />
    </Text>
  );
}
