// Where one talks and types: always at the bottom.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { send } from "../thread/store";
import { Icon } from "./icons";
import { Caption, LiveLine, TalkButton } from "./talk";

export function Composer(): JSX.Element {
  const [text, setText] = useState("");
  const [typing, setTyping] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const submit = (): void => {
    const said = text.trim();
    if (!said) return;
    setText("");
    void send(said);
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };
  const toType = (): void => {
    setTyping(!typing);
    requestAnimationFrame(() => field.current?.focus());
  };
  return (
    <section class="composer" data-typing={typing} aria-label="Talk and type">
      <Caption />
      <LiveLine />
      <form class="row" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TalkButton />
        <div class="field">
          <textarea ref={field} rows={1} id="say" aria-label="Type to Chronus" placeholder="Or type…" autocomplete="off" enterkeyhint="send"
            value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={keyed} />
          <button type="submit" class="send" aria-label="Send" disabled={!text.trim()}><Icon name="send" /></button>
        </div>
        <button type="button" class="to-type" aria-label={typing ? "Hide the keyboard" : "Type instead"} aria-expanded={typing} onClick={toType}>
          <Icon name={typing ? "close" : "keyboard"} size={24} />
        </button>
      </form>
    </section>
  );
}
