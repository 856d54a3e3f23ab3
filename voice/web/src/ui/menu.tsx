// The one menu: pages, light or dark, keys.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import { words } from "../api";
import { me, notice } from "../day/store";
import { AWAY, away, mindName } from "../mind";
import { go, path } from "../route";
import { newThread } from "../thread/store";
import { loadWays, signOut, ways } from "../ways";
import { Icon, type IconName } from "./icons";
import { PageLink } from "./parts";
import { useShutting } from "./shutting";

export const PAGES: { to: string; name: string; icon: IconName }[] = [
  { to: "/changes", name: "What I did", icon: "undo" },
  { to: "/memory", name: "What I remember", icon: "memory" },
  { to: "/history", name: "Conversations", icon: "history" },
  { to: "/settings/google", name: "Google", icon: "link" },
  { to: "/settings/phone", name: "Telephone", icon: "phone" },
  { to: "/settings", name: "Settings", icon: "settings" },
];

export const keysShown = signal(false);

export function Menu(): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => setOpen(false), [path.value]);
  useEffect(() => {
    if (open && !ways.value) void loadWays();
  }, [open]);
  useShutting(open, box, () => setOpen(false));
  const fresh = (): void => {
    setOpen(false);
    newThread();
    go("/");
  };
  const out = (): void => void signOut().catch((problem: unknown) => (notice.value = words(problem)));
  return (
    <div class="menu" ref={box}>
      <button type="button" class="bare" aria-label="Menu" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}><Icon name="menu" /></button>
      <nav id="menu" hidden={!open} aria-label="Pages">
        <button type="button" onClick={fresh}><Icon name="chat" /> New conversation</button>
        {PAGES.map((page) => <PageLink key={page.to} to={page.to}><Icon name={page.icon} /> {page.name}</PageLink>)}
        <button type="button" onClick={() => { setOpen(false); keysShown.value = true; }}><Icon name="keys" /> Keys</button>
        {ways.value?.local === false && <button type="button" onClick={out}><Icon name="out" /> Sign out</button>}
        <p class="mind" data-state={away.value ? "mind-away" : "mind"}>{away.value ? AWAY : <><span class="unseen">Answering: </span>{mindName(me.value?.mind)}</>}</p>
      </nav>
    </div>
  );
}

const KEYS: [string, string][] = [
  ["Space, held", "Talk while it is down"], ["Esc", "Stop it speaking"], ["Enter", "Send what is typed"], ["/", "Type"],
  ["A", "What needs you"], ["B", "Play or pause the briefing"], ["1  2  3", "Today, tomorrow, the week"], ["?", "These keys"],
];

export function Keys(): JSX.Element {
  const sheet = useRef<HTMLDialogElement>(null);
  const shown = keysShown.value;
  useEffect(() => {
    if (shown && !sheet.current?.open) sheet.current?.showModal();
    else if (!shown) sheet.current?.close();
  }, [shown]);
  return (
    <dialog class="sheet" ref={sheet} onClose={() => (keysShown.value = false)} aria-labelledby="keys-title">
      <div class="inside">
        <button type="button" class="bare close" aria-label="Close" onClick={() => (keysShown.value = false)}><Icon name="close" /></button>
        <h2 id="keys-title">Keys</h2>
        <dl class="keys">{KEYS.map(([key, does]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>)}</dl>
      </div>
    </dialog>
  );
}
