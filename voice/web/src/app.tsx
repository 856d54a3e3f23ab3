// The page: three columns with the conversation in the middle, or one of the pages behind the menu.
import type { JSX } from "preact";
import { awaySince, signed } from "./api";
import { BriefingPlayer } from "./briefing/player";
import { lead } from "./briefing/store";
import { DayColumn } from "./day/view";
import { EventSheet } from "./day/event";
import { due, me, needing, notice, sideKnown, waiting } from "./day/store";
import { account } from "./google/account";
import { Bell } from "./news/bell";
import { Changes } from "./pages/changes";
import { Frame } from "./pages/frame";
import { Google } from "./pages/google";
import { History, PastConversation } from "./pages/history";
import { Memories } from "./pages/memory";
import { Settings } from "./pages/settings";
import { SignedOut } from "./pages/signed-out";
import { Telephone } from "./pages/telephone";
import { Work } from "./pages/work";
import { Ringing } from "./phone/ringing";
import { path } from "./route";
import { MailThatMatters } from "./side/mail";
import { Needs } from "./side/needs";
import { Suggestions } from "./side/suggestions";
import { Tasks } from "./side/tasks";
import { turns } from "./thread/store";
import { Thread } from "./thread/view";
import { waitsFor } from "./thread/waits";
import { clock, clockElsewhere, zone } from "./time";
import { alarmed, announced } from "./ui/announce";
import { Composer } from "./ui/composer";
import { Icon, Mark } from "./ui/icons";
import { toNeeds } from "./ui/keys";
import { Keys, Menu } from "./ui/menu";
import { Apart, PageLink, Waiting } from "./ui/parts";
import { Tabs, tab } from "./ui/tabs";
import { Caption, LiveLine, TalkButton } from "./ui/talk";
import { isDark, setTheme } from "./ui/theme";

export function App({ again }: { again: () => void }): JSX.Element {
  return (
    <div class="app" data-signed={signed.value} data-tab={tab.value}>
      <a class="skip" href="#main">Skip to the conversation</a>
      <Top />
      <div class="strips"><Away again={again} /><Ringing /></div>
      {signed.value === "out" ? <SignedOut again={again} /> : <Where />}
      <Notice />
      <EventSheet />
      <Keys />
      <div class="unseen" aria-live="polite" role="status">{announced.value}</div>
      <div class="unseen" aria-live="assertive" role="alert">{alarmed.value}</div>
    </div>
  );
}

function Top(): JSX.Element {
  const dark = isDark();
  const elsewhere = me.value && clockElsewhere();
  const unseen = path.value === "/" ? 0 : needing.value;
  return (
    <header class="top">
      <PageLink to="/" class="brand" aria-label={unseen ? `Chronus, today, ${unseen} need you` : "Chronus, today"}><Mark /> Chronus{unseen > 0 && <span class="badge">{unseen}</span>}</PageLink>
      {elsewhere && <PageLink to="/settings" class="mind">Times in {zone.value.replace("Etc/", "").replaceAll("_", " ")}</PageLink>}
      <button type="button" class="bare" aria-label={dark ? "Light" : "Dark"} onClick={() => setTheme(dark ? "light" : "dark")}><Icon name={dark ? "light" : "dark"} /></button>
      {signed.value !== "out" && <Bell />}
      <Menu />
    </header>
  );
}

function Away({ again }: { again: () => void }): JSX.Element | null {
  if (awaySince.value === null) return null;
  return (
    <div class="away" role="alert" data-state="gone">
      <p><strong>Chronus is not answering</strong>, since {clock(new Date(awaySince.value))}. What you see is from then; nothing is lost. I keep trying.</p>
      <button type="button" class="quiet" onClick={again}>Try now</button>
    </div>
  );
}

function Notice(): JSX.Element | null {
  if (!notice.value) return null;
  return (
    <div class="notice" role="alert">
      <p>{notice.value}</p>
      <button type="button" class="bare" aria-label="Close" onClick={() => (notice.value = "")}><Icon name="close" /></button>
    </div>
  );
}

function Where(): JSX.Element {
  const at = path.value.replace(/\/+$/, "") || "/";
  if (at === "/") return <Home />;
  return <><Elsewhere at={at} /><div class="docked"><div class="words"><Caption /><LiveLine /></div><TalkButton /></div></>;
}

function Elsewhere({ at }: { at: string }): JSX.Element {
  if (at === "/settings/google") return <Google />;
  if (at === "/settings/phone") return <Telephone />;
  if (at === "/settings/work") return <Work />;
  if (at === "/settings") return <Settings />;
  if (at === "/memory") return <Memories />;
  if (at === "/changes") return <Changes />;
  if (at === "/history") return <History />;
  if (at.startsWith("/history/")) return <PastConversation id={decodeURIComponent(at.slice("/history/".length))} />;
  return <Frame title="There is no such page"><p>Nothing is lost. <PageLink to="/">Back to today</PageLink></p></Frame>;
}

// Where the card itself is out of sight. It lies over the thread, so that nothing moves.
function DueStrip(): JSX.Element {
  const [first, ...others] = due.value;
  return (
    <button type="button" class="needs-strip due-strip" onClick={toNeeds}>
      <Icon name="bell" size={16} /><span class="title">{others.length ? `${others.length + 1} reminders are due` : `Reminder: ${first?.text}`}</span><Icon name="more" size={16} />
    </button>
  );
}

function ReconnectStrip(): JSX.Element {
  return <button type="button" class="needs-strip due-strip" onClick={toNeeds}><Icon name="link" size={16} /><span class="title">Google needs reconnecting</span><Icon name="more" size={16} /></button>;
}

function Side(): JSX.Element {
  const briefing = <Apart key="briefing" name="the briefing"><BriefingPlayer /></Apart>;
  return (
    <>
      <Apart name="what needs you"><Needs /></Apart>
      {lead.value && briefing}
      <Apart name="the suggestions"><Suggestions /></Apart>
      <Apart name="the tasks"><Tasks /></Apart>
      {!lead.value && briefing}
      <Apart name="the mail"><MailThatMatters /></Apart>
    </>
  );
}

function Home(): JSX.Element {
  const count = waiting.value.length;
  const last = turns.value.at(-1);
  const below = !last || waitsFor(last);
  return (
    <div class="home">
      <aside class="left"><DayColumn /></aside>
      <main id="main" class="centre">
        <h1 class="unseen">Today with Chronus</h1>
        <Thread />
        {due.value.length > 0 ? <DueStrip /> : account.value?.reconnect && <ReconnectStrip />}
        {count > 0 && !below && <button type="button" class="needs-strip" onClick={() => (tab.value = "tasks")}>{count === 1 ? "One thing needs your yes" : `${count} things need your yes`}<Icon name="more" size={16} /></button>}
      </main>
      <Composer />
      <aside class="right" aria-label="What there is to do">
        {sideKnown.value ? <Side /> : <Waiting rows={9} label="what there is to do" />}
      </aside>
      <Tabs />
    </div>
  );
}
