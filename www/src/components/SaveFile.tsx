import { Button } from "@mantine/core";
import { linesOf } from "../engine/project.ts";
import { useDemo } from "../state/demo.tsx";

/** Saves the record as NDJSON, as `access-engine export` writes it. */
export function SaveFile() {
  const { demo } = useDemo();
  const save = async () => {
    const address = URL.createObjectURL(new Blob([linesOf(await demo.commits())]));
    Object.assign(document.createElement("a"), { href: address, download: `${demo.project}.ndjson` }).click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button variant="default" size="xs" onClick={() => void save()}>
      Save file
    </Button>
  );
}
