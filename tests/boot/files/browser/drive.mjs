// Acts as a developer in headless Chromium, one job after the other, and prints the result of each as
// a line of JSON.
//
// usage: node drive.mjs JOBS.json
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { address, domain, jobs } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    `--host-resolver-rules=MAP *.${domain} ${address}`,
    "--no-sandbox",
    "--disable-gpu",
    // The terminal is then made of elements, whose text can be read.
    "--disable-3d-apis",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

// Opens a page through a provider, which asks who it is unless the browser is known there. Returns the last response,
// and whether it asked.
async function signInByProvider(page, { url, subject }) {
  let last;
  let asked = false;
  page.on("response", (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) last = response;
  });
  await page.goto(url);
  const until = Date.now() + 30_000;
  while (last.status() === 401 || last.request().url().includes("/oauth2/authorize") || last.status() === 302) {
    if (Date.now() > until) throw new Error(`the login ends at ${last.url()} with ${last.status()}`);
    const field = page.locator("input[name=sub]");
    if (await field.isVisible().catch(() => false)) {
      asked = true;
      await field.fill(subject);
      await page.getByRole("button", { name: "Authorize" }).click();
    }
    await page.waitForTimeout(300);
  }
  return { answer: last, asked };
}

// Opens a page through the login page, which asks for a name and a password, and returns the last response.
async function signIn(page, { url, user, password, subject }) {
  if (subject) return (await signInByProvider(page, { url, subject })).answer;
  const first = await page.goto(url);
  if (!user) return first;
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Name").fill(user);
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.getByRole("button", { name: "Sign in" }).click(),
  ]);
  if (answer.status() !== 429) return answer;
  // Too many attempts in a minute, by other checks.
  await page.waitForTimeout(13_000);
  return signIn(page, { url, user, password });
}

// The response of a page, without and with a login.
async function visit({ url, user, password, screenshot, text }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const answer = await signIn(page, { url, user, password });
    if (text) await page.getByText(text).first().waitFor({ timeout: 30_000 });
    if (screenshot) await page.screenshot({ path: screenshot });
    return { status: answer.status(), url: page.url() };
  } finally {
    await context.close();
  }
}

// The pages of several names in one browser: their statuses, and whether the provider asked.
async function tour({ urls, subject, screenshot }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const visits = [];
  for (const url of urls) {
    const page = await context.newPage();
    const { answer, asked } = await signInByProvider(page, { url, subject });
    if (screenshot) await page.screenshot({ path: screenshot });
    visits.push({ status: answer.status(), asked, cookie: await page.evaluate(() => document.cookie) });
  }
  await context.close();
  return { visits };
}

async function openWorkbench(page, login) {
  await signIn(page, login);
  await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
}

async function openTerminal(page) {
  const input = page.locator(".quick-input-widget input").first();
  // The key is lost as long as the workbench loads.
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press("F1");
    if (await input.waitFor({ timeout: 3_000 }).then(() => true, () => attempt === 15)) break;
  }
  await input.fill(">Terminal: Create New Terminal");
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
  // A terminal runs code, and so the workbench asks at the first one whether the folder is trusted.
  const trust = page.getByRole("button", { name: "Trust Folder & Continue" });
  await trust.click({ timeout: 15_000 }).catch(() => {});
  await shown(page, "$", 60_000);
}

// The text of the terminal, with plain blanks and without breaks of long lines.
async function terminal(page) {
  const rows = await page.locator(".xterm-rows").first().innerText({ timeout: 1_000 }).catch(() => "");
  return rows.replaceAll("\u00a0", " ").replaceAll("\n", "");
}

async function shown(page, text, limit) {
  const until = Date.now() + limit;
  while (!(await terminal(page)).includes(text)) {
    if (Date.now() > until) throw new Error(`the terminal does not show ${text}`);
    await page.waitForTimeout(200);
  }
}

// Types a line. The workbench moves the focus while it loads: a line that did not arrive whole is
// discarded and typed again.
async function type(page, line) {
  for (let attempt = 1; ; attempt++) {
    await page.locator(".xterm-screen").first().click();
    await page.keyboard.type(line, { delay: 20 });
    try {
      await shown(page, line, 5_000);
      break;
    } catch (error) {
      if (attempt === 5) throw error;
      await page.keyboard.press("Control+C");
      await page.waitForTimeout(2_000);
    }
  }
  await page.keyboard.press("Enter");
}

// The workflow of a developer: log in, open a terminal, type a line into it.
async function work({ url, user, password, subject, line, answer, screenshot }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const failed = [];
  page.on("requestfailed", (request) => failed.push(`${request.url()} ${request.failure()?.errorText}`));
  const started = Date.now();
  try {
    await openWorkbench(page, { url, user, password, subject });
    const opened = Date.now() - started;
    // The panel on the right is not part of this.
    await page.keyboard.press("Control+Alt+B");
    await openTerminal(page);
    await type(page, line);
    await shown(page, answer, 20_000);
    await page.waitForTimeout(1_000);
    return { opened, title: await page.title() };
  } finally {
    if (screenshot) await page.screenshot({ path: screenshot });
    await context.close();
  }
}

// Keeps a workbench open until a file exists, and reports whether its connection was kept.
async function stay({ url, user, password, ready, stop }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  let opened = 0;
  let closed = 0;
  page.on("websocket", (socket) => {
    opened++;
    socket.on("close", () => closed++);
  });
  await openWorkbench(page, { url, user, password });
  await page.waitForTimeout(5_000);
  closed = 0;
  writeFileSync(ready, "");
  while (!existsSync(stop)) await page.waitForTimeout(500);
  const result = { opened, closed };
  await context.close();
  return result;
}

// Opens a workbench and leaves it open.
async function open({ url, user, password }) {
  const context = await browser.newContext();
  await openWorkbench(await context.newPage(), { url, user, password });
  return {};
}

// Keeps everything open until a file exists.
async function hold({ ready, stop }) {
  await new Promise((done) => setTimeout(done, 10_000));
  writeFileSync(ready, "");
  while (!existsSync(stop)) await new Promise((done) => setTimeout(done, 500));
  return {};
}

// Types a text into a new file, which is not saved.
async function typeDraft(page, text) {
  const input = page.locator(".quick-input-widget input").first();
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press("F1");
    if (await input.waitFor({ timeout: 3_000 }).then(() => true, () => attempt === 15)) break;
  }
  await input.fill(">Create: New Untitled Text File");
  const command = page.locator(".quick-input-list .monaco-list-row").first();
  await command.waitFor();
  await page.waitForTimeout(1_000);
  await page.keyboard.press("Enter");
  await page.locator(".editor-instance .monaco-editor").first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(2_000);
  await page.keyboard.type(text, { delay: 20 });
  await page.waitForTimeout(5_000);
}

// Types a text into a new file, which is not saved, and leaves after a while.
async function draft({ url, user, password, text }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await openWorkbench(page, { url, user, password });
  await typeDraft(page, text);
  await context.close();
  return {};
}

// The text of the editor in front.
async function edited(page) {
  const lines = page.locator(".editor-instance .view-lines").first();
  return (await lines.innerText({ timeout: 1_000 }).catch(() => "")).replaceAll("\u00a0", " ");
}

// Keeps an editor with unsaved text open while the server goes and another one comes; then types on, and stays
// until a file exists. Reports how often the editor asked to reload its window: a new server does not know it.
async function across({ url, user, password, text, more, ready, stop, screenshot }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("dialog", (dialog) => dialog.accept());
  await openWorkbench(page, { url, user, password });
  await typeDraft(page, text);
  let connected = true;
  page.on("websocket", (socket) => {
    socket.on("framereceived", () => (connected = true));
  });
  writeFileSync(ready, "");
  const reload = page.getByRole("button", { name: "Reload Window" });
  const tab = page.locator(".tab").filter({ hasText: text }).first();
  const result = { reloads: 0, kept: false, typed: false };
  await page.waitForEvent("websocket", { timeout: 300_000 }).catch(() => {});
  connected = false;
  while (!existsSync(stop)) {
    if (await reload.isVisible().catch(() => false)) {
      if (screenshot) await page.screenshot({ path: screenshot });
      connected = false;
      result.reloads++;
      await reload.click().catch(() => {});
      await page.waitForTimeout(2_000);
    } else if (connected && !result.typed && (await edited(page)).includes(text)) {
      result.kept = true;
      await page.locator(".editor-instance .view-lines").first().click();
      await page.keyboard.press("Control+End");
      await page.keyboard.type(more, { delay: 20 });
      result.typed = (await edited(page)).includes(text + more);
    } else {
      await tab.click({ timeout: 1_000 }).catch(() => {});
    }
    await page.waitForTimeout(500);
  }
  await context.close();
  return result;
}

// Whether a workbench shows a text of an editor that was open before.
async function drafted({ url, user, password, text, screenshot }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await openWorkbench(page, { url, user, password });
  // In a browser that was not there before, the welcome page is in front of it.
  const tab = page.locator(".tab").filter({ hasText: text }).first();
  const found = await tab
    .click({ timeout: 30_000 })
    .then(() => page.waitForTimeout(1_000))
    .then(() => page.locator(".editor-instance .view-lines").first().innerText())
    .then((lines) => lines.replaceAll("\u00a0", " ").includes(text), () => false);
  if (screenshot) await page.screenshot({ path: screenshot });
  await context.close();
  return { found };
}

// Opens a page, changes of which are then shown without loading it again.
async function reload({ url, user, password, first, second, ready, screenshot }) {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  try {
    await signIn(page, { url, user, password });
    await page.getByText(first).waitFor({ timeout: 60_000 });
    await page.evaluate(() => (window.kept = true));
    // Until the page is connected to the server that notices changes.
    await page.waitForTimeout(3_000);
    writeFileSync(ready, "");
    await page.getByText(second).waitFor({ timeout: 30_000 });
    return { kept: await page.evaluate(() => window.kept === true), url: page.url() };
  } finally {
    if (screenshot) await page.screenshot({ path: screenshot });
    await context.close();
  }
}

// Opens a workbench, signs out in another tab, and reports how long the connections of the workbench lasted, in
// milliseconds, and the status of its next request.
async function leave({ url, user, password, screenshot }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  let open = 0;
  page.on("websocket", (socket) => {
    open++;
    socket.on("close", () => open--);
  });
  await openWorkbench(page, { url, user, password });
  await page.waitForTimeout(3_000);
  const before = open;
  const other = await context.newPage();
  await other.goto(new URL("/.login/logout", url).href);
  await other.getByRole("button", { name: "Sign out" }).click();
  await other.getByText("You are signed out").waitFor();
  if (screenshot) await other.screenshot({ path: screenshot });
  const started = Date.now();
  while (open > 0 && Date.now() - started < 20_000) await page.waitForTimeout(50);
  const ended = Date.now() - started;
  const status = await page.evaluate(() => fetch("/").then((answer) => answer.status));
  await context.close();
  return { before, open, ended, status };
}

// Types into a file, waits until its connections were cut and are back, types on, and saves.
async function retype({ url, user, password, name, text, more, ready, go, screenshot }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  let [opened, closed] = [0, 0];
  page.on("websocket", (socket) => {
    opened++;
    socket.on("close", () => closed++);
  });
  await openWorkbench(page, { url, user, password });
  const input = page.locator(".quick-input-widget input").first();
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press("Control+P");
    if (await input.waitFor({ timeout: 3_000 }).then(() => true, () => attempt === 15)) break;
  }
  await input.fill(name);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  const lines = page.locator(".editor-instance .view-lines").first();
  await lines.waitFor({ timeout: 20_000 });
  await page.waitForTimeout(2_000);
  await lines.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text, { delay: 10 });
  [opened, closed] = [0, 0];
  writeFileSync(ready, "");
  // Types on, while the connections are cut.
  while (!existsSync(go)) {
    await page.keyboard.type(more, { delay: 10 });
    await page.waitForTimeout(100);
  }
  const limit = Date.now() + 60_000;
  for (let round = 0; round < 5 || ((closed === 0 || opened < closed) && Date.now() < limit); round++) {
    await page.keyboard.type(more, { delay: 10 });
    await page.waitForTimeout(100);
  }
  await page.keyboard.type(more, { delay: 10 });
  const shown = await edited(page);
  await page.waitForTimeout(3_000);
  await page.keyboard.press("Control+S");
  await page.waitForTimeout(5_000);
  if (screenshot) await page.screenshot({ path: screenshot });
  await context.close();
  return { opened, closed, shown };
}

const kinds = { reload, leave, retype, visit, tour, work, stay, open, hold, draft, drafted, across };
for (const job of jobs) {
  const result = await kinds[job.kind](job).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(result));
}
await browser.close();
