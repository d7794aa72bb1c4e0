// Does with the page of `graph` in headless Chromium what its readers do, and prints what came of it.
//
// usage: node explore.mjs '{"page": FILE, "evil": FILE, "screenshots": FOLDER}'
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const { page: file, evil, screenshots } = JSON.parse(process.argv[2]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const result = { complaints: [], requests: [] };

async function open(path, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 820 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("console", (message) => result.complaints.push(message.text()));
  page.on("pageerror", (error) => result.complaints.push(String(error)));
  page.on("request", (request) => result.requests.push(request.url()));
  await page.goto(pathToFileURL(path).href + hash);
  return page;
}

const view = (page) => page.locator("#view").getAttribute("transform").then((text) => {
  const [x, y, zoom] = text.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
  return { x, y, zoom };
});
const heading = (page) => page.locator("#panel h2").textContent();
const hash = (page) => page.evaluate(() => location.hash);
const node = (page, id) => page.locator(`.node[aria-label^="${id},"]`);

// By mouse.
let page = await open(file);
result.title = await page.title();
result.counts = await page.locator("#counts").textContent();
result.seen = await page.evaluate(() => [...document.querySelectorAll(".node")].every((node) => {
  const box = node.getBoundingClientRect();
  return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
}));
await page.screenshot({ path: `${screenshots}/graph-light.png` });
await node(page, "Host").click();
result.clicked = {
  heading: await heading(page),
  hash: await hash(page),
  panel: await page.locator("#panel").innerText(),
  beside: await page.locator(".node.beside .id").allTextContents(),
  labels: await page.locator(".label").allTextContents(),
};
await page.screenshot({ path: `${screenshots}/graph-host.png` });
await page.locator("#panel summary", { hasText: "InstanceType" }).click();
result.property = await page.locator("#panel details[open] pre", { hasText: "t3.large" }).textContent();
await page.locator("#panel .go", { hasText: "HostProfile" }).click();
result.followed = await heading(page);
await page.goBack();
result.back = await heading(page);
await page.locator("#panel .close").click();
result.closed = { hidden: await page.locator("#panel").isHidden(), hash: await hash(page) };

// What moves.
await page.locator("#fit").click();
const whole = await view(page);
await page.locator("#closer").click();
result.closer = (await view(page)).zoom / whole.zoom;
await page.mouse.move(600, 400);
const before = await page.evaluate(() => document.querySelector("#view").getScreenCTM().inverse().transformPoint?.(new DOMPoint(600, 400)) ?? new DOMPoint(600, 400).matrixTransform(document.querySelector("#view").getScreenCTM().inverse()));
await page.mouse.wheel(0, -240);
await page.waitForTimeout(100);
const after = await page.evaluate(() => new DOMPoint(600, 400).matrixTransform(document.querySelector("#view").getScreenCTM().inverse()));
result.wheel = { zoom: (await view(page)).zoom / whole.zoom, drift: Math.hypot(after.x - before.x, after.y - before.y) };
const still = await view(page);
await page.mouse.move(300, 700);
await page.mouse.down();
await page.mouse.move(360, 660, { steps: 5 });
await page.mouse.up();
const moved = await view(page);
result.dragged = { x: moved.x - still.x, y: moved.y - still.y, panel: await page.locator("#panel").isVisible() };
await page.keyboard.press("0");
result.fitted = (await view(page)).zoom / whole.zoom;

// By keyboard alone.
await page.keyboard.press("/");
await page.keyboard.type("dev-3");
result.found = await page.locator("#results [role=option] b").allTextContents();
result.highlighted = await page.locator(".node.found").count();
await page.keyboard.press("ArrowDown");
await page.keyboard.press("ArrowUp");
await page.keyboard.press("Enter");
result.taken = { heading: await heading(page), focus: await page.evaluate(() => document.activeElement.getAttribute("aria-label")) };
await page.keyboard.press("Escape");
result.escaped = await page.locator("#panel").isHidden();
await page.keyboard.press("Tab");
const tabbed = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
await page.keyboard.press("Enter");
result.entered = { tabbed, heading: await heading(page) };
await page.keyboard.press("Escape");
await page.keyboard.press("/");
await page.keyboard.type("zzz-not-there");
result.nothing = await page.locator("#results").innerText();
await page.keyboard.press("Escape");
await page.locator("#legend button", { hasText: "compute" }).click();
result.category = await page.locator(".node.beside .id").allTextContents();
await page.context().close();

// From a link, in the dark.
page = await open(file, { hash: "#HostRole", colorScheme: "dark" });
result.linked = await heading(page);
result.dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
result.darkNode = await page.evaluate(() => getComputedStyle(document.querySelector(".node .box")).fill);
await page.screenshot({ path: `${screenshots}/graph-dark.png` });
await page.context().close();

// By touch, on a telephone.
page = await open(file, { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
const wide = await view(page);
const touch = await page.context().newCDPSession(page);
const fingers = (type, apart) => touch.send("Input.dispatchTouchEvent", {
  type,
  touchPoints: apart === null ? [] : [{ x: 195 - apart, y: 400, id: 0 }, { x: 195 + apart, y: 400, id: 1 }],
});
await fingers("touchStart", 30);
for (const apart of [45, 60, 75, 90]) await fingers("touchMove", apart);
await fingers("touchEnd", null);
await page.waitForTimeout(100);
result.pinched = (await view(page)).zoom / wide.zoom;
await page.evaluate(() => { location.hash = "Host"; });
await page.locator("#panel h2").waitFor();
result.telephone = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
await page.screenshot({ path: `${screenshots}/graph-telephone.png` });
await page.context().close();

// Of a template that means harm.
page = await open(evil);
await page.locator(".node").first().click();
result.evil = { heading: await heading(page), ran: await page.evaluate(() => globalThis.harmed === true), panel: await page.locator("#panel").innerText() };
await page.context().close();

await browser.close();
console.log(JSON.stringify(result));
