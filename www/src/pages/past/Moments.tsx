import { Button, Group, Text } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useKeys } from "../../state/keys.ts";
import * as words from "../../words/pages/past.ts";
import classes from "./Moments.module.css";

/** How long each moment is shown while they are played, in milliseconds. */
const BEAT = 1500;

interface Props {
  version: number;
  newest: number;
  /** When that was, once it is known. */
  time: string | undefined;
  onChange: (version: number) => void;
}

/** Chooses a moment of the record, from its first commit to its newest; or plays one after the other. */
export function Moments({ version, newest, time, onChange }: Props) {
  const [playing, setPlaying] = useState(false);
  const go = (to: number) => onChange(Math.max(1, Math.min(newest, to)));
  const isNewest = version >= newest;
  const next = useEffectEvent(() => go(version + 1));
  const isRunning = playing && !isNewest;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(next, BEAT);
    return () => clearInterval(timer);
  }, [isRunning]);
  const play = () => {
    if (isNewest) go(1);
    setPlaying(!isRunning);
  };
  useKeys({ ArrowLeft: () => go(version - 1), ArrowRight: () => go(version + 1) });
  return (
    <Panel title={words.moment} hint={words.momentHint}>
      <input
        type="range"
        className={classes.slider}
        aria-label={words.moment}
        aria-valuetext={words.versionValue(version, newest, time === undefined ? "" : `, ${time}`)}
        min={1}
        max={newest}
        value={version}
        onChange={(event) => go(Number(event.currentTarget.value))}
      />
      <Group justify="space-between" mt="xs">
        <Text>
          <b>{words.versionOf(version, newest)}</b>
          {time === undefined ? <span className={classes.late}>{words.stillReading}</span> : `, ${time}`}
        </Text>
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={version <= 1} onClick={() => go(version - 1)} leftSection={<Icon name="back" size={14} />}>
            {words.back}
          </Button>
          <Button size="xs" onClick={play}>
            {isRunning ? words.pause : words.play}
          </Button>
          <Button variant="default" size="xs" disabled={isNewest} onClick={() => go(version + 1)} rightSection={<Icon name="next" size={14} />}>
            {words.forward}
          </Button>
        </Group>
      </Group>
    </Panel>
  );
}
