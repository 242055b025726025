import type { ReactNode } from "react";

const SHAPES = {
  requests: <path d="M4 5h16M4 12h16M4 19h10" />,
  add: <path d="M12 5v14M5 12h14" />,
  key: <><circle cx="8" cy="15" r="4" /><path d="m11 12 8-8M16 7l3 3" /></>,
  policy: <path d="M12 3 5 6v6c0 4.4 3 7.4 7 9 4-1.6 7-4.6 7-9V6z" />,
  people: <><circle cx="9" cy="8" r="3.5" /><path d="M2.5 20c0-4 3-6 6.5-6s6.500 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2.200.8 3.500 2.600 3.500 5.500" /></>,
  mail: <><rect x="3" y="5" width="18" height="14" rx="2" /><path d="m3.500 7 8.500 6.500L20.500 7" /></>,
  record: <path d="M9 4h10a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H9zM9 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h3M12.500 9H17M12.500 13H17" />,
  clock: <><circle cx="12" cy="12" r="8.500" /><path d="M12 7.500V12l3 2" /></>,
  down: <path d="m7 10 5 5 5-5" />,
  up: <path d="m7 14 5-5 5 5" />,
  grip: <path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" strokeWidth="3" />,
  check: <path d="m5 12.500 4.500 4.500L19 7.500" />,
  cross: <path d="M6 6l12 12M18 6 6 18" />,
  glass: <path d="M13 2 5 13.500h6L10.500 22 19 10h-6z" />,
  pencil: <path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4" />,
  search: <><circle cx="11" cy="11" r="6.500" /><path d="m16 16 4.500 4.500" /></>,
  sun: <><circle cx="12" cy="12" r="4" /><path d="M12 2.500V5M12 19v2.500M2.500 12H5M19 12h2.500M5.300 5.300 7 7M17 17l1.700 1.700M5.300 18.700 7 17M17 7l1.700-1.700" /></>,
  moon: <path d="M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z" />,
  screen: <><rect x="3" y="4" width="18" height="12" rx="2" /><path d="M9 20h6M12 16v4" /></>,
  back: <path d="M19 12H5M11 6l-6 6 6 6" />,
  next: <path d="M5 12h14M13 6l6 6-6 6" />,
  again: <path d="M4 12a8 8 0 1 0 2.500-5.800M4 4v4.500h4.500" />,
  bin: <path d="M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13" />,
  copy: <><rect x="8" y="8" width="12" height="12" rx="2" /><path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2" /></>,
  code: <path d="m8 7-5 5 5 5M16 7l5 5-5 5" />,
  home: <path d="M4 11 12 4l8 7M6 9.500V20h12V9.500" />,
  lock: <><rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" /></>,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** A picture beside words; it says nothing that the words do not. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: "none" }}
    >
      {SHAPES[name]}
    </svg>
  );
}
