// Shows what is pushed while no page is open, and leads to the page. It keeps nothing and answers no request.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A push that can't be read is shown all the same: a browser ends subscriptions that show nothing.
function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

// Never to another site, whatever stands in it.
function ours(link) {
  const url = new URL(typeof link === "string" ? link : "/", self.location.origin);
  return url.origin === self.location.origin ? url.href : self.location.origin;
}

async function show(data) {
  const told = read(data);
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await self.registration.showNotification(told.title || "Chronus", {
    body: told.body || "Chronus has something for you.",
    tag: told.tag,
    icon: "/icon.svg",
    // A page that is looked at has sounded already.
    silent: open.some((page) => page.visibilityState === "visible"),
    data: { id: told.id, link: ours(told.link) },
  });
}

async function lead(link) {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = open.find((one) => one.focused) || open.find((one) => one.visibilityState === "visible") || open[0];
  if (!page) return self.clients.openWindow(link);
  await page.focus();
  page.postMessage({ type: "notification", link });
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(ours(event.notification.data && event.notification.data.link)));
});

// The browser has given itself another address: we have to know it, or it is told no more.
self.addEventListener("pushsubscriptionchange", (event) => {
  const anew = async () => {
    const key = event.oldSubscription && event.oldSubscription.options.applicationServerKey;
    const subscription =
      event.newSubscription ||
      (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    await fetch("/v1/notifications/push", {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(subscription),
    });
  };
  event.waitUntil(anew());
});
