import { useDemo } from "../state/demo.tsx";
import { firstName } from "../words/names.ts";
import * as words from "../words/story.ts";

/** Who does it, in a word; what nobody in particular does is shown. */
export function GoWords({ persona }: { persona: string | undefined }) {
  const { demo, me } = useDemo();
  if (persona === me.id) return words.goThere;
  return persona === undefined ? words.showMe : words.as(firstName(demo.directory.name(persona)));
}
