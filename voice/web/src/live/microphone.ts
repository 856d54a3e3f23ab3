// May we listen? Asked before the line is opened, so that a refusal can be explained in the person's own browser.

export type Refused = "denied" | "no-microphone" | "insecure";

// An open microphone, held until the line has its own, so that the browser asks once; or why there is none.
export async function askMicrophone(): Promise<MediaStream | Refused> {
  if (!navigator.mediaDevices?.getUserMedia) return "insecure";
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (problem) {
    const name = problem instanceof DOMException ? problem.name : "";
    return name === "NotAllowedError" || name === "SecurityError" ? "denied" : "no-microphone";
  }
}

export function howToAllow(): string {
  const agent = navigator.userAgent;
  if (/iPhone|iPad/.test(agent)) return "Tap “aA” in the address bar, then Website Settings, then Microphone, then Allow.";
  if (/Firefox\//.test(agent)) return "Click the crossed-out microphone left of the address, remove the block, and press Talk again.";
  if (/Safari\//.test(agent) && !/Chrom/.test(agent)) return "Open Safari, Settings for This Website, set Microphone to Allow, and press Talk again.";
  if (/Android/.test(agent)) return "Tap the icon left of the address, then Permissions, then allow the microphone.";
  return "Click the icon left of the address, allow the microphone, and press Talk again.";
}
