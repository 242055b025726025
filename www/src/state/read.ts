import { useState } from "react";
import { useDemo } from "./demo.tsx";

const MOST = 1000;

interface ReadMarks {
  readonly isRead: (mark: string) => boolean;
  readonly mark: (mark: string, read: boolean) => void;
}

/** What the visitor has opened: kept in this browser for each person. */
export function useRead(): ReadMarks {
  const { me } = useDemo();
  const name = `access-engine-demo:read:${me.id}`;
  const [marks, setMarks] = useState(() => stored(name));
  const mark = (it: string, read: boolean) => {
    if (marks.has(it) === read) return;
    const others = [...marks].filter((other) => other !== it);
    const next = read ? [...others, it].slice(-MOST) : others;
    setMarks(new Set(next));
    try {
      localStorage.setItem(name, JSON.stringify(next));
    } catch {}
  };
  return { isRead: (it) => marks.has(it), mark };
}

function stored(name: string): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return new Set(Array.isArray(value) ? value.filter((it) => typeof it === "string") : []);
  } catch {
    return new Set();
  }
}
