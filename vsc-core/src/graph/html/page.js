"use strict";
(() => {
  const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const [graph, view, main, panel, search, results] = ["graph", "view", "", "panel", "search", "results"].map((id) => (id ? byId(id) : document.querySelector("main")));
  const size = { width: Number(graph.dataset.width), height: Number(graph.dataset.height) };
  const drawn = [...document.querySelectorAll(".node")];
  const routes = [...document.querySelectorAll(".edge")].map((element) => ({ element, edges: element.dataset.edges.split(" ").map(Number) }));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const svg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const labels = view.appendChild(svg("g"));

  // An element with its children; text is never read as HTML.
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "on") element.addEventListener("click", value);
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  // The links to nodes: of two with one logical ID, the later one is named with its kind.
  const links = new Map();
  nodes.forEach((node, index) => links.set(links.has(node.id) ? `${node.kind}:${node.id}` : node.id, index));
  const linkOf = nodes.map(() => "");
  for (const [link, index] of links) linkOf[index] = link;

  // --- viewport ------------------------------------------------------------------

  let viewport = { x: 0, y: 0, zoom: 1 };
  let running = 0;
  const limit = (zoom) => Math.min(4, Math.max(0.05, zoom));

  function show(next) {
    viewport = next;
    view.setAttribute("transform", `translate(${viewport.x} ${viewport.y}) scale(${viewport.zoom})`);
  }

  function move(next) {
    cancelAnimationFrame(running);
    if (calm.matches) return show(next);
    const [from, start] = [viewport, performance.now()];
    const step = (now) => {
      const time = Math.min(1, (now - start) / 260);
      const part = 1 - (1 - time) ** 3;
      const between = (name) => from[name] + (next[name] - from[name]) * part;
      show({ x: between("x"), y: between("y"), zoom: between("zoom") });
      if (time < 1) running = requestAnimationFrame(step);
    };
    running = requestAnimationFrame(step);
  }

  // The part of the drawing that the panel does not cover.
  function room() {
    const box = graph.getBoundingClientRect();
    if (panel.hidden) return { width: box.width, height: box.height };
    const cover = panel.getBoundingClientRect();
    const below = cover.width >= box.width - 1;
    return { width: below ? box.width : box.width - cover.width, height: below ? box.height - cover.height : box.height };
  }

  function fit(at = move) {
    const free = room();
    // The legend covers the bottom.
    const zoom = limit(Math.min(free.width / size.width, (free.height - 60) / size.height, 1.3));
    at({ x: (free.width - size.width * zoom) / 2, y: (free.height - 60 - size.height * zoom) / 2, zoom });
  }

  function zoomBy(factor, x, y, at = show) {
    const free = room();
    const [px, py] = [x ?? free.width / 2, y ?? free.height / 2];
    const zoom = limit(viewport.zoom * factor);
    const part = zoom / viewport.zoom;
    at({ x: px - (px - viewport.x) * part, y: py - (py - viewport.y) * part, zoom });
  }

  function boxOf(index) {
    const [, x, y] = drawn[index].getAttribute("transform").match(/translate\((-?\d+) (-?\d+)\)/).map(Number);
    const box = drawn[index].querySelector(".box");
    return { x, y, width: Number(box.getAttribute("width")), height: Number(box.getAttribute("height")) };
  }

  // Centres a node, and shows its neighbours as far as they stay legible.
  function centre(index) {
    const free = room();
    const near = edges.filter((edge) => edge.from === index || edge.to === index).flatMap((edge) => [edge.from, edge.to]);
    const boxes = [...new Set([index, ...near])].map(boxOf);
    const left = Math.min(...boxes.map((box) => box.x));
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const top = Math.min(...boxes.map((box) => box.y));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    const all = Math.min((free.width - 80) / (right - left), (free.height - 120) / (bottom - top), 1.2);
    const own = boxes[0];
    const [x, y] = all >= 0.45 ? [(left + right) / 2, (top + bottom) / 2] : [own.x + own.width / 2, own.y + own.height / 2];
    const zoom = all >= 0.45 ? all : 0.9;
    move({ x: free.width / 2 - x * zoom, y: free.height / 2 - y * zoom, zoom });
  }

  // --- mouse, touch, wheel ------------------------------------------------------------------

  const pointers = new Map();
  let travelled = 0;

  graph.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    cancelAnimationFrame(running);
  });
  addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    travelled += Math.abs(dx) + Math.abs(dy);
    if (travelled < 5) return;
    graph.classList.add("moving");
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, other]) => other);
    pointers.set(event.pointerId, now);
    if (others.length === 0) return show({ ...viewport, x: viewport.x + dx, y: viewport.y + dy });
    // Two fingers: their distance is the zoom, the resting one is the centre.
    const distance = (point) => Math.hypot(point.x - others[0].x, point.y - others[0].y);
    const box = graph.getBoundingClientRect();
    if (distance(before) > 0) zoomBy(distance(now) / distance(before), others[0].x - box.left, others[0].y - box.top);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) graph.classList.remove("moving");
    });
  }
  graph.addEventListener("wheel", (event) => {
    event.preventDefault();
    cancelAnimationFrame(running);
    const box = graph.getBoundingClientRect();
    const lines = event.deltaMode === 1 ? 16 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.0018;
    zoomBy(Math.exp(-event.deltaY * lines * speed), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  graph.addEventListener("click", (event) => {
    if (travelled >= 5) return;
    const node = event.target.closest(".node");
    if (node) go(Number(node.dataset.node));
    else go(null);
  });
  byId("closer").addEventListener("click", () => zoomBy(1.35, undefined, undefined, move));
  byId("farther").addEventListener("click", () => zoomBy(1 / 1.35, undefined, undefined, move));
  byId("fit").addEventListener("click", () => fit());

  // --- selection -----------------------------------------------------------------------

  let chosen = null;

  // In the URL, so that a selection can be linked to, and the back button works.
  function go(index) {
    const link = index === null ? "" : encodeURIComponent(linkOf[index]);
    if (decodeURIComponent(location.hash.slice(1)) === (index === null ? "" : linkOf[index])) return choose(index);
    if (link) location.hash = link;
    else {
      history.pushState(null, "", location.pathname + location.search);
      choose(null);
    }
  }

  function read() {
    let link = location.hash.slice(1);
    try { link = decodeURIComponent(link); } catch { /* It is none of ours. */ }
    choose(links.has(link) ? links.get(link) : null);
  }
  addEventListener("hashchange", read);
  addEventListener("popstate", read);

  function choose(index) {
    chosen = index;
    forget();
    panel.hidden = index === null;
    main.classList.toggle("open", index !== null);
    drawn.forEach((element, other) => element.setAttribute("aria-pressed", String(other === index)));
    if (index === null) return;
    byId("hint").hidden = true;
    highlight(index);
    describe(index);
    centre(index);
  }

  function forget() {
    graph.classList.remove("focus");
    labels.replaceChildren();
    for (const element of [...drawn, ...routes.map((route) => route.element)]) element.classList.remove("chosen", "beside", "found");
    for (const button of document.querySelectorAll("#legend button")) button.setAttribute("aria-pressed", "false");
  }

  function highlight(index) {
    graph.classList.add("focus");
    drawn[index].classList.add("chosen");
    for (const edge of edges) {
      if (edge.from === index) drawn[edge.to].classList.add("beside");
      if (edge.to === index) drawn[edge.from].classList.add("beside");
    }
    for (const route of routes) {
      const own = route.edges.map((edge) => edges[edge]).filter((edge) => edge.from === index || edge.to === index);
      if (own.length === 0) continue;
      route.element.classList.add("beside");
      const path = route.element.querySelector(".line");
      const whole = path.getTotalLength();
      // Near the other end, where the lines are apart.
      const point = path.getPointAtLength(whole * (own[0].from === index ? 0.68 : 0.32));
      const label = labels.appendChild(svg("text"));
      label.setAttribute("class", "label");
      label.setAttribute("x", point.x);
      label.setAttribute("y", point.y - 5);
      label.textContent = own[0].label;
    }
  }

  // --- the panel ----------------------------------------------------------------------------

  function describe(index) {
    const node = nodes[index];
    const out = edges.filter((edge) => edge.from === index);
    const into = edges.filter((edge) => edge.to === index);
    panel.replaceChildren(
      make("button", { type: "button", class: "close", "aria-label": "Close", on: () => { go(null); drawn[index].focus(); } }, "✕"),
      make("h2", {}, node.id),
      make("p", { class: `what c-${node.category}` }, make("span", { class: "swatch" }), node.kind === "resource" ? node.type : `${node.kind}${node.type === node.kind ? "" : `, ${node.type}`}`),
      ...members("Properties", node.properties),
      ...members(node.kind === "resource" ? "Resource attributes" : "Definition", node.options),
      ...others("Refers to", out, "to"),
      ...others("Referred to by", into, "from"),
    );
    panel.scrollTop = 0;
  }

  function members(title, list) {
    if (list.length === 0) return [];
    const effects = list.some((member) => member.update);
    return [
      make("h3", {}, title),
      ...list.map((member) => {
        const lines = member.yaml.trimEnd().split("\n");
        const short = lines.length === 1 ? lines[0] : "…";
        const effect = member.update && member.update !== "in-place" ? make("span", { class: `effect ${member.update}`, title: `An update of it ${member.effect} the resource` }, member.effect) : null;
        const details = make("details", {}, make("summary", {}, make("span", {}, member.name), effect, make("span", { class: "short" }, short)), make("pre", {}, member.yaml.trimEnd()));
        details.open = lines.length > 1 && lines.length <= 12 && list.length <= 8;
        return details;
      }),
      effects ? make("p", { class: "note" }, "Unmarked properties are updated in place.") : null,
    ].filter(Boolean);
  }

  function others(title, list, end) {
    if (list.length === 0) return [];
    const items = list.map((edge) => {
      const paths = edge.references.map((one) => `${one.path.replace(/^Properties\./, "")} ${one.relation}${one.attribute ? ` ${one.attribute}` : ""}`);
      const reported = paths.length > 3 ? [...paths.slice(0, 3), `and ${paths.length - 3} more`] : paths;
      return make("li", {}, make("button", { type: "button", class: "go", on: () => go(edge[end]) }, make("b", {}, nodes[edge[end]].id), make("small", {}, reported.join("\n"))));
    });
    return [make("h3", {}, `${title} (${list.length})`), make("ul", {}, ...items)];
  }

  // --- the search ---------------------------------------------------------------------------

  let found = [];
  let marked = -1;
  const texts = nodes.map((node) => [node.id, node.type, ...node.properties.map((one) => `${one.name} ${one.yaml}`), ...node.options.map((one) => `${one.name} ${one.yaml}`)].map((text) => text.toLowerCase()));

  // Names first, then types, then properties.
  function rank(index, words) {
    const [id, type, ...rest] = texts[index];
    if (!words.every((word) => id.includes(word) || type.includes(word) || rest.some((text) => text.includes(word)))) return 0;
    const first = words[0];
    if (id === first) return 5;
    if (id.startsWith(first)) return 4;
    if (id.includes(first)) return 3;
    return type.includes(first) ? 2 : 1;
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    forget();
    marked = -1;
    if (words.length === 0) {
      found = [];
      results.hidden = true;
      if (chosen !== null) highlight(chosen);
      return;
    }
    const ranked = nodes.map((_, index) => [rank(index, words), index]).filter(([score]) => score > 0);
    ranked.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
    found = ranked.map(([, index]) => index);
    graph.classList.add("focus");
    for (const index of found) drawn[index].classList.add("found");
    const shown = found.slice(0, 30).map((index, position) => make("li", { role: "option", id: `result-${position}`, "aria-selected": "false", on: () => take(position) }, make("b", {}, nodes[index].id), make("span", {}, nodes[index].type)));
    if (shown.length === 0) shown.push(make("li", { class: "none" }, "no results"));
    else if (found.length > shown.length) shown.push(make("li", { class: "none" }, `and ${found.length - shown.length} more`));
    results.replaceChildren(...shown);
    results.hidden = false;
    if (found.length > 0) mark(0);
  }

  function mark(position) {
    const items = [...results.querySelectorAll("[role=option]")];
    marked = (position + items.length) % items.length;
    items.forEach((item, other) => item.setAttribute("aria-selected", String(other === marked)));
    items[marked].scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", items[marked].id);
  }

  function take(position) {
    const index = found[position];
    if (index === undefined) return;
    results.hidden = true;
    search.value = "";
    found = [];
    go(index);
    drawn[index].focus({ preventScroll: true });
  }

  search.addEventListener("input", find);
  search.addEventListener("focus", () => { if (search.value) find(); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && found.length) mark(marked + 1);
    else if (event.key === "ArrowUp" && found.length) mark(marked - 1);
    else if (event.key === "Enter" && found.length) take(marked);
    else if (event.key === "Escape") {
      search.value = "";
      find();
      search.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  addEventListener("pointerdown", (event) => { if (!event.target.closest("#finder")) results.hidden = true; });

  // --- the legend and the keys --------------------------------------------------------------

  byId("legend").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    forget();
    if (!on) return chosen === null ? undefined : highlight(chosen);
    button.setAttribute("aria-pressed", "true");
    graph.classList.add("focus");
    nodes.forEach((node, index) => { if (node.category === button.dataset.category) drawn[index].classList.add("beside"); });
  });

  drawn.forEach((element, index) => {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${nodes[index].id}, ${nodes[index].type}`);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      go(index);
    });
    // A node focused by the keyboard is brought into view.
    element.addEventListener("focus", () => {
      if (!element.matches(":focus-visible") || index === chosen) return;
      const [free, box] = [room(), element.getBoundingClientRect()];
      const top = graph.getBoundingClientRect().top;
      if (box.left < 0 || box.right > free.width || box.top < top || box.bottom > top + free.height) centre(index);
    });
  });

  addEventListener("keydown", (event) => {
    if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = (x, y) => show({ ...viewport, x: viewport.x + x, y: viewport.y + y });
    const inPanel = panel.contains(event.target);
    const keys = {
      "/": () => search.focus(),
      "+": () => zoomBy(1.2), "=": () => zoomBy(1.2), "-": () => zoomBy(1 / 1.2), "0": () => fit(),
      Escape: () => go(null),
      ...(inPanel ? {} : { ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60) }),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  addEventListener("resize", () => { if (chosen === null) fit(show); });

  fit(show);
  read();
})();
