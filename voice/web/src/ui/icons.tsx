// The page's own few icons, drawn in one stroke.
import type { JSX } from "preact";

const paths = {
  mic: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  stop: "M7 7h10v10H7Z",
  send: "M12 19V5M6 11l6-6 6 6",
  keyboard: "M3 7h18v10H3ZM7 10.5h.01M11 10.5h.01M15 10.5h.01M8.5 14h7",
  menu: "M4 7h16M4 12h16M4 17h16",
  back: "M19 12H5M11 6l-6 6 6 6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "m6 6 12 12M18 6 6 18",
  more: "m9 6 6 6-6 6",
  today: "M4 6h16v14H4ZM4 10h16M8 3v4M16 3v4",
  tasks: "m4 7 1.5 1.5L8 6M4 15l1.5 1.5L8 14M11 7.5h9M11 15.5h9",
  mail: "M3 6h18v12H3ZM3.5 6.5 12 13l8.5-6.5",
  chat: "M4 5h16v11H10l-4 4v-4H4Z",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15ZM10 21h4",
  place: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-3.5 3-6 6.5-6s6.5 2.5 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.500M18 14.5c2 .8 3.500 2.800 3.500 5.500",
  undo: "M8 5 4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3",
  settings: "M4 8h10M18 8h2M4 16h2M10 16h10M16 10.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM8 18.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
  memory: "M6 4h12v16l-6-4-6 4Z",
  history: "M4 12a8 8 0 1 0 2.500-5.800L4 8.500M4 4v4.500h4.500M12 8v4.500l3 1.800",
  light: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9ZM12 2.500V4M12 20v1.500M2.500 12H4M20 12h1.500M5.300 5.300l1 1M17.700 17.700l1 1M18.700 5.300l-1 1M6.300 17.700l-1 1",
  dark: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500Z",
  repeat: "M5 11V9.500a3 3 0 0 1 3-3h10M15 3.500l3 3-3 3M19 13v1.500a3 3 0 0 1-3 3H6M9 20.500l-3-3 3-3",
  plus: "M12 5v14M5 12h14",
  keys: "M3 7h18v10H3ZM7 10.500h.01M12 10.500h.01M17 10.500h.01M8 14h8",
  tool: "M4 12h3l2.500-6 4 12 2.500-6H20",
  out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4l2.500 2",
  link: "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1",
  play: "M8 5.500v13l10.500-6.500Z",
  pause: "M8 5.500v13M16 5.500v13",
  previous: "M18 6v12l-8.500-6ZM6.500 6v12",
  next: "M6 6v12l8.500-6ZM17.500 6v12",
  sound: "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500ZM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11",
  idea: "M9.500 17h5M10 20h4M8.500 14a5.500 5.500 0 1 1 7 0c-.8.600-1 1.500-1 3h-5c0-1.500-.2-2.400-1-3Z",
  later: "M4.500 12a7.500 7.500 0 1 1 3.200 6.100M12 8v4l2.500 2M1.500 10l3 3 3-3",
  read: "M4 6h16M4 11h16M4 16h10",
  phone: "M6.500 3.500 9.500 4l1.500 4-2 1.800a12 12 0 0 0 5.200 5.200l1.800-2 4 1.500.5 3a2.500 2.500 0 0 1-2.500 2.500C10.500 20 4 13.500 4 6a2.500 2.500 0 0 1 2.500-2.500Z",
  warn: "M12 4 2.500 20h19ZM12 10v4.500M12 17.200v.01",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

export function Mark(): JSX.Element {
  return (
    <svg class="mark" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <circle cx="12" cy="12" r="9" />
      <path d="M12 6.500V12l3.600 2.600" />
    </svg>
  );
}
