// What Chronus does unasked, and when: the digest, the briefing, suggestions; and the briefing for other players.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { get, post, remove, words } from "../api";
import type { Me } from "../shapes";
import { announce } from "../ui/announce";
import { PageLink } from "../ui/parts";
import { Row } from "./row";
import { Switch } from "./switch";

type Save = (change: Partial<Me>) => Promise<void>;
const MANY = [0, 1, 2, 3, 4, 5];

export function Unasked({ mine, save }: { mine: Me; save: Save }): JSX.Element {
  const at = (time: string | null | undefined): string => (time ?? "").slice(0, 5);
  return (
    <section class="fields">
      <h2>What I do unasked</h2>
      <Row name="Go through my mail at" id="digest-at" note="What matters, and what it asks of you.">
        <input id="digest-at" type="time" value={at(mine.digest_time)} onChange={(event) => event.currentTarget.value && save({ digest_time: event.currentTarget.value })} />
      </Row>
      <Row name="Add what mail asks for to my tasks" id="add-actions" note="Without asking you first. Each can be undone.">
        <Switch id="add-actions" on={mine.add_actions === true} flip={() => save({ add_actions: !mine.add_actions })} />
      </Row>
      <Row name="Morning briefing at" id="briefing-at" note="Written and read aloud before you ask.">
        <input id="briefing-at" type="time" value={at(mine.briefing_time)} onChange={(event) => event.currentTarget.value && save({ briefing_time: event.currentTarget.value })} />
      </Row>
      <Row name="Suggestions a day" id="suggestions" note="At most; never in quiet hours or in a meeting.">
        <select id="suggestions" value={String(mine.suggestions_a_day)} onChange={(event) => save({ suggestions_a_day: Number(event.currentTarget.value) })}>
          {many(mine.suggestions_a_day).map((count) => <option key={count} value={String(count)}>{count === 0 ? "None" : count}</option>)}
        </select>
      </Row>
      <Feed />
      <Row name="How my work stands" note="When each ran last, and when it runs next."><PageLink to="/settings/work" class="quiet">See it</PageLink></Row>
    </section>
  );
}

const many = (mine: number): number[] => (mine === undefined || MANY.includes(mine) ? MANY : [...MANY, mine]);

// For a podcast player, which cannot sign in: whoever has the address can listen, so it can be taken back.
function Feed(): JSX.Element {
  const [url, setUrl] = useState<string | null | undefined>(undefined);
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<string | null>, done = ""): Promise<void> => {
    setBusy(true);
    try {
      setUrl(await work());
      setSaid(done);
      if (done) announce(done);
    } catch (problem) {
      setSaid(words(problem));
    }
    setBusy(false);
  };
  useEffect(() => void attempt(async () => (await get<{ url: string | null }>("/v1/briefing/feed")).url), []);
  const make = (): Promise<void> => attempt(async () => (await post<{ url: string }>("/v1/briefing/feed")).url, url ? "A new address. The old one no longer works." : "Made. Give it to your podcast player.");
  const drop = (): Promise<void> => attempt(async () => {
    await remove("/v1/briefing/feed");
    return null;
  }, "Taken back. The address no longer works.");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url ?? "");
      setSaid("Copied.");
    } catch {
      document.querySelector<HTMLInputElement>("#feed")?.select();
      setSaid("Selected; copy it with your keys.");
    }
  };
  return (
    <div class="setting feed" data-state={url === undefined ? (said ? "failed" : "loading") : url ? "made" : "none"}>
      <label for="feed">Briefing as a podcast<small>A private address for a podcast player. Whoever has it can listen.</small></label>
      <div class="feed-place">
        {url && <input id="feed" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />}
        <span class="answers">
          {url && <button type="button" class="quiet" onClick={copy}>Copy</button>}
          <button type="button" class="quiet" disabled={busy || url === undefined} onClick={make}>{url ? "New address" : "Make an address"}</button>
          {url && <button type="button" class="quiet" disabled={busy} onClick={drop}>Take it back</button>}
        </span>
        <output role="status">{said}</output>
      </div>
    </div>
  );
}
