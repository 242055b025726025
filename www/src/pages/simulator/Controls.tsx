import { Button, Group, NumberInput, SegmentedControl } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { type Broken, type Pace, PACES, type Report } from "../../simulator/protocol.ts";
import * as words from "../../words/pages/simulator.tsx";

const WORDS: Record<Pace, string> = { pause: words.pause, slow: words.slow, fast: words.fast, full: words.fullSpeed };

interface Props {
  report: Report;
  onBegin: (seed: number, again?: readonly Broken[]) => void;
  onPace: (pace: Pace) => void;
}

/** Which seed is told, and how fast. */
export function Controls({ report: { scene, broken }, onBegin, onPace }: Props) {
  const [wanted, setWanted] = useState<number | string>("");
  const [pace, setPace] = useState<Pace>("fast");
  const { copy, copied } = useClipboard();
  const change = (next: string) => {
    setPace(next as Pace);
    onPace(next as Pace);
  };
  return (
    <Group
      component="form"
      align="flex-end"
      gap="sm"
      onSubmit={(event) => {
        event.preventDefault();
        onBegin(typeof wanted === "number" ? wanted : scene.seed + 1);
        setWanted("");
      }}
    >
      <NumberInput label={words.seed} placeholder={String(scene.seed)} value={wanted} onChange={setWanted} min={0} max={1e9} clampBehavior="strict" allowDecimal={false} hideControls w="7rem" />
      <Button type="submit" variant="default">
        {wanted === "" ? words.nextSeed : words.begin}
      </Button>
      <Button variant="default" leftSection={<Icon name="again" size={16} />} onClick={() => onBegin(scene.seed, broken)}>
        {words.again}
      </Button>
      <Button variant="default" leftSection={<Icon name={copied ? "check" : "copy"} size={16} />} onClick={() => copy(location.href)}>
        {copied ? words.linkCopied : words.copyTheLink}
      </Button>
      <SegmentedControl aria-label={words.speed} value={pace} onChange={change} data={PACES.map((value) => ({ value, label: WORDS[value] }))} />
    </Group>
  );
}
