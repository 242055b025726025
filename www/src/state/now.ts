import { useEffect, useState } from "react";
import { useDemo } from "./demo.tsx";

/** The demo's time, every second: for what counts down. */
export function useNow(): number {
  const { demo } = useDemo();
  const [now, setNow] = useState(() => demo.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(demo.clock.now()), 1000);
    return () => clearInterval(timer);
  }, [demo]);
  return Math.max(now, demo.moment().at);
}
