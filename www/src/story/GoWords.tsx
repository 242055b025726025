import { useDemo } from "../state/demo.tsx";

/** Who does it, in a word; what nobody in particular does is shown. */
export function GoWords({ persona }: { persona: string | undefined }) {
  const { demo, me } = useDemo();
  if (persona === me.id) return "Go there";
  return persona === undefined ? "Show me" : `As ${demo.directory.name(persona).split(" ")[0]}`;
}
