import { Button, Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Form } from "../components/Form.tsx";
import { useDemo } from "../state/demo.tsx";
import { DAY, durationWords, HOUR, MINUTE, timeLeft } from "../words/duration.ts";
import * as words from "../words/shell.ts";
import { NextEvent } from "./NextEvent.tsx";

const STEPS = [15 * MINUTE, HOUR, DAY];
const UNITS = { minutes: MINUTE, hours: HOUR, days: DAY };
const LONGEST = 3650;

/** How to make it later. */
export function ClockPanel() {
  const { demo } = useDemo();
  const [amount, setAmount] = useState<number | string>(2);
  const [unit, setUnit] = useState<keyof typeof UNITS>("hours");
  const forward = (seconds: number) => void demo.forward(seconds);
  const seconds = typeof amount === "number" && amount > 0 ? Math.round(amount * UNITS[unit]) : 0;
  const ahead = Math.round(demo.clock.ahead / 1000);
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600}>{words.moveTheClockForward}</Text>
        <Text size="sm" c="dimmed">
          {words.whatFallsDue(aheadWords(ahead))}
        </Text>
      </div>
      <NextEvent />
      <Group gap="xs" grow>
        {STEPS.map((step) => (
          <Button key={step} variant="light" px="xs" onClick={() => forward(step)}>
            {`+ ${durationWords(step).replace("minutes", "min")}`}
          </Button>
        ))}
      </Group>
      <Form label={words.moveTheClock} onSubmit={() => seconds > 0 && forward(seconds)}>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <NumberInput label={words.by} value={amount} onChange={setAmount} min={1} max={LONGEST} clampBehavior="strict" allowDecimal={false} hideControls flex="1 1 4rem" />
          <NativeSelect label={words.unit} data={Object.keys(UNITS)} value={unit} onChange={(event) => setUnit(event.currentTarget.value as keyof typeof UNITS)} flex="1 1 7rem" />
          <Button type="submit" disabled={seconds === 0}>
            {words.move}
          </Button>
        </Group>
      </Form>
      <Text size="xs" c="dimmed">
        {words.noWayBack}
      </Text>
    </Stack>
  );
}

function aheadWords(seconds: number): string {
  if (seconds === 0) return words.itShowsTheRealTime;
  const by = timeLeft(Math.abs(seconds) * 1000);
  return seconds > 0 ? words.isAhead(by) : words.isBehind(by);
}
