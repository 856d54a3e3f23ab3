// Where an address within the page leads: a notification's, a push's, a briefing item's.
import { go, path } from "../route";
import { openEvent } from "../day/event";
import { events, sideKnown } from "../day/store";
import { tab, type Tab } from "../ui/tabs";

const TABS: Record<string, Tab> = { digest: "mail", mail: "mail", day: "today", event: "today" };
// Where one stands that cannot be found by itself any more.
const AMONG: Record<string, string> = { reminder: "needs", task: "tasks", event: "day", suggestion: "suggestions" };
const TRIES = 40;

function show(name: string): void {
  const kind = name.split("-")[0] as string;
  if (path.value !== "/") go("/");
  tab.value = TABS[kind] ?? "tasks";
  const event = kind === "event" ? (events.value ?? []).find((one) => name === `event-${one.id}`) : undefined;
  if (event) return openEvent(event);
  let tries = 0;
  const find = (): void => {
    const place = document.getElementById(name) ?? (sideKnown.value ? document.getElementById(AMONG[kind] ?? kind) : null);
    if (place && place.offsetParent !== null) {
      if (place instanceof HTMLDetailsElement) place.open = true;
      place.scrollIntoView({ block: "start" });
      const first = place instanceof HTMLDetailsElement ? place.querySelector("summary") : place;
      first?.focus({ preventScroll: true });
    } else if ((tries += 1) < TRIES) setTimeout(find, 50);
  };
  requestAnimationFrame(find);
}

// Only ever within this page, whatever was written there.
export function follow(link: string): void {
  const to = new URL(link, location.origin);
  if (to.origin !== location.origin) return;
  if (to.hash.length > 1) show(decodeURIComponent(to.hash.slice(1)));
  else go(to.pathname);
}

// Opened at such an address, from a push for example; then it is the plain address again.
export function followAddress(): void {
  const come = (): void => {
    if (!location.hash) return;
    const link = location.pathname + location.hash;
    history.replaceState(null, "", location.pathname + location.search);
    if (link !== "/#main") follow(link);
  };
  addEventListener("hashchange", come);
  // A push that was pressed while this page was open.
  navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<{ type?: string; link?: string }>) => {
    if (data?.type === "notification" && data.link) follow(data.link);
  });
  come();
}
