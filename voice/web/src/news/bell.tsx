// The bell: what was told unasked, with the way to it.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { troubles } from "../lists";
import { path } from "../route";
import type { Notification } from "../shapes";
import { moment } from "../time";
import { Icon, type IconName } from "../ui/icons";
import { Trouble, Waiting } from "../ui/parts";
import { useShutting } from "../ui/shutting";
import { follow } from "./places";
import { loadNotifications, markAllRead, markRead, notifications, unread } from "./store";

const ICONS: Record<string, IconName> = { reminder: "bell", digest: "mail", briefing: "sound", suggestion: "idea", sync: "link" };
const MOST = 99;

export function Bell(): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const count = unread.value;
  const shut = (): void => setOpen(false);
  useEffect(shut, [path.value]);
  useShutting(open, box, shut);
  return (
    <div class="menu told" ref={box}>
      <button type="button" class="bare" aria-label={count ? `What I told you, ${count} unread` : "What I told you"} aria-expanded={open} aria-controls="told" onClick={() => setOpen(!open)}>
        <span class="badge-place"><Icon name="bell" />{count > 0 && <span class="badge" aria-hidden="true">{Math.min(count, MOST)}</span>}</span>
      </button>
      <section id="told" class="panel" hidden={!open} aria-labelledby="told-title">{open && <List shut={shut} />}</section>
    </div>
  );
}

function List({ shut }: { shut: () => void }): JSX.Element {
  const all = notifications.value;
  const trouble = troubles.value["notifications"];
  return (
    <>
      <header>
        <h2 id="told-title">What I told you</h2>
        {unread.value > 0 && <button type="button" class="link" onClick={markAllRead}>Mark all as read</button>}
      </header>
      {trouble && <Trouble what={`I could not read what I told you. ${trouble}`} again={loadNotifications} />}
      {all === null && !trouble && <Waiting rows={3} label="what I told you" />}
      {all?.length === 0 && <p class="empty" data-state="empty-told">Nothing yet. What I do unasked is told here: the briefing, your mail, reminders.</p>}
      <ul>{(all ?? []).map((one) => <Line key={one.id} one={one} shut={shut} />)}</ul>
    </>
  );
}

function Line({ one, shut }: { one: Notification; shut: () => void }): JSX.Element {
  const go = (): void => {
    void markRead(one.id);
    shut();
    follow(one.link);
  };
  return (
    <li data-unread={!one.read}>
      <button type="button" class="told-line" onClick={go}>
        <Icon name={ICONS[one.about] ?? "bell"} />
        <span class="words">{!one.read && <span class="unseen">Unread: </span>}{one.say}</span>
        <time dateTime={one.at}>{moment(one.at)}</time>
      </button>
      {!one.read && <button type="button" class="bare small" aria-label={`Mark as read: ${one.say}`} title="Mark as read" onClick={() => markRead(one.id)}><span class="mark-unread" aria-hidden="true" /></button>}
    </li>
  );
}
