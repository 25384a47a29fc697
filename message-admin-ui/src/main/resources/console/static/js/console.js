// Everything here is a convenience: pages work without it. Nothing is kept but what the reader chose.

const POLL_MILLIS = 4000;
const IN_USE = "details[open].action, .step details[open]";

document.cookie = `rm-zone=${Intl.DateTimeFormat().resolvedOptions().timeZone};path=/;max-age=31536000;samesite=lax`;

function poll() {
  const live = document.getElementById("live");
  if (document.hidden || !live || live.getAttribute("aria-pressed") !== "true") return;
  document.body.dispatchEvent(new CustomEvent("refresh"));
}

function startPolling() {
  const live = document.getElementById("live");
  if (!live) return;
  live.hidden = false;
  live.setAttribute("aria-pressed", String(localStorage.getItem("rm-live") !== "off"));
  live.addEventListener("click", () => {
    const on = live.getAttribute("aria-pressed") !== "true";
    live.setAttribute("aria-pressed", String(on));
    localStorage.setItem("rm-live", on ? "on" : "off");
    poll();
  });
  let last = 0;
  setInterval(() => {
    const wait = document.querySelector("[data-fast]") ? POLL_MILLIS / 4 : POLL_MILLIS;
    if (Date.now() - last >= wait) {
      last = Date.now();
      poll();
    }
  }, POLL_MILLIS / 4);
  document.addEventListener("visibilitychange", poll);
}

// Nothing is exchanged under the reader's hands.
function isInUse(part) {
  return part.querySelector(IN_USE) !== null || part.contains(document.activeElement);
}
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "fresh" && isInUse(event.target)) event.preventDefault();
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (isInUse(event.detail.target)) event.detail.shouldSwap = false;
});

let staleSince = null;
function stale() {
  staleSince ??= new Date();
  document.getElementById("stale-since").textContent = staleSince.toLocaleTimeString();
  document.getElementById("stale").hidden = false;
}
document.addEventListener("htmx:sendError", stale);
document.addEventListener("htmx:timeout", stale);
document.addEventListener("htmx:responseError", stale);
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (!event.detail.xhr || event.detail.xhr.status >= 400) return;
  staleSince = null;
  document.getElementById("stale").hidden = true;
});

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // plain HTTP has no clipboard
  area.value = text;
  area.className = "hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function showWhatNeedsScript() {
  document.querySelectorAll("[data-copy][hidden], [data-help][hidden]").forEach((button) => (button.hidden = false));
}
document.addEventListener("htmx:afterSettle", showWhatNeedsScript);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    await copy(button.dataset.copy);
    button.classList.add("is-done");
    button.setAttribute("title", button.dataset.done);
    setTimeout(() => button.classList.remove("is-done"), 1500);
  }
  if (event.target.closest("[data-help]")) document.getElementById("help").showModal();
  const open = document.querySelector("details.menu[open]");
  if (open && !open.contains(event.target)) open.open = false;
});

// Without it the buttons are there, and the service says that nothing was chosen.
function showPicked(form) {
  const boxes = [...form.querySelectorAll("input[name=ids][type=checkbox]")];
  const count = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("[data-pick-all]");
  all.parentElement.hidden = false;
  all.checked = count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  const said = form.querySelector("[data-picked]");
  said.dataset.none ??= said.textContent;
  said.textContent = count === 0 ? said.dataset.none : said.dataset.text.replace("{0}", count);
  form.querySelectorAll("[data-may]").forEach((button) => (button.disabled = count === 0 || button.dataset.may !== "true"));
}
const pick = document.querySelector("[data-pick]");
pick?.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) {
    pick.querySelectorAll("input[name=ids][type=checkbox]").forEach((box) => (box.checked = event.target.checked));
  }
  showPicked(pick);
});
addEventListener("pageshow", () => pick && showPicked(pick)); // also when one comes back: browsers keep what was ticked

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  const keys = {
    "/": () => document.getElementById("q")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    "?": () => document.getElementById("help")?.showModal(),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

showWhatNeedsScript();
startPolling();
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
