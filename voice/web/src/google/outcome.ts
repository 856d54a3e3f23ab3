// What became of the way to Google, in a sentence: what happened, what is safe, what to do.
import type { Feature } from "../shapes";

const SAFE = "Nothing was changed";

const CAME_TO: Record<string, string> = {
  denied: `It was not allowed on Google’s page. ${SAFE}.`,
  expired: `That took too long, and the request ran out. ${SAFE}; please try again.`,
  not_invited: "This Chronus is for other people. Ask whoever runs it to let you in.",
  other_account: `Another Google account is connected already. ${SAFE}; disconnect that one first.`,
  other_person: `That Google account belongs to someone else here. ${SAFE}.`,
  google_client: `Google does not accept this Chronus. ${SAFE}; whoever runs it has to look at its Google client.`,
  unavailable: `Google did not answer. ${SAFE}; please try again in a moment.`,
};

const DOING: Record<Feature, string> = { calendar: "the calendar", tasks: "tasks", mail_read: "reading mail", mail_send: "sending mail" };

export interface Outcome {
  what: string;
  missing: Feature[];
}

export function told({ what, missing }: Outcome): string {
  if (what !== "connected") return CAME_TO[what] ?? `Google did not go through with it. ${SAFE}; please try again in a moment.`;
  return missing.length
    ? `Google is connected. You left out ${missing.map((one) => DOING[one]).join(" and ")}; the rest works, and you can allow it below.`
    : "Google is connected.";
}
