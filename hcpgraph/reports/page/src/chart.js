// One map on one canvas: pan, zoom, pick; a kept picture makes moving cheap.

import * as paint from "./paint.js";
import { centred, fitted, panned, picked, zoomed } from "./view.js";

const MARGIN = 0.3; // of the canvas, drawn beyond each edge so that panning finds it
const REST = 140; // milliseconds without a zoom before the picture is drawn anew
const NEAR = 3; // half-scales of the whole map at which somebody found is shown
const STEP = 60; // pixels per arrow key

export class Chart {
  constructor(canvas, map, { called, onpick }) {
    this.canvas = canvas;
    this.map = map;
    this.onpick = onpick;
    this.chosen = -1;
    this.under = -1;
    this.marked = [];
    const largest = map.in_degree.reduce((a, b) => Math.max(a, b), 1);
    const shares = Float32Array.from(map.in_degree, (v) => v / largest);
    this.scene = {
      map,
      called,
      shares,
      classes: paint.sorted(map),
      middles: paint.middles(map),
      order: Uint32Array.from(map.in_degree.keys()).sort((a, b) => map.in_degree[b] - map.in_degree[a]),
      shown: { node: new Uint8Array(map.n).fill(1), tie: new Uint8Array(map.source.length).fill(1) },
      look: paint.looks(canvas),
    };
    this.kept = null;
    this.listen();
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || (this.size && this.size.width === width && this.size.height === height)) return;
    const dense = Math.min(window.devicePixelRatio || 1, 2);
    this.size = { width, height, dense };
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    this.view = fitted(this.map, width, height);
    this.renew();
  }

  // Colours may have changed, or what is shown: draw all of it anew.
  renew() {
    this.scene.look = paint.looks(this.canvas);
    this.kept = null;
    this.draw();
  }

  show(node, tie) {
    this.scene.shown = { node, tie };
    this.renew();
  }

  choose(node, { move = false } = {}) {
    this.chosen = node;
    if (move && node >= 0) {
      const { x, y } = this.map;
      const near = Math.max(this.view.scale, this.view.least * NEAR);
      const view = zoomed(this.view, near / this.view.scale, 0, 0);
      this.look(centred(view, x[node], y[node], this.size.width, this.size.height));
    }
    this.later();
  }

  mark(nodes) {
    this.marked = nodes;
    this.later();
  }

  look(view) {
    this.view = view;
    this.later();
  }

  fit() {
    this.look(fitted(this.map, this.size.width, this.size.height));
  }

  zoom(factor, x = this.size.width / 2, y = this.size.height / 2) {
    this.look(zoomed(this.view, factor, x, y));
  }

  later() {
    if (!this.waiting) {
      this.waiting = requestAnimationFrame(() => {
        this.waiting = 0;
        this.draw();
      });
    }
  }

  // The kept picture serves while it covers the canvas at nearly the same scale.
  serves() {
    if (!this.kept) return false;
    const { view, size, kept } = this;
    const by = view.scale / kept.view.scale;
    const x = view.left - kept.view.left * by - kept.dx * by;
    const y = view.top - kept.view.top * by - kept.dy * by;
    const covers =
      x <= 0 && y <= 0 && x + kept.width * by >= size.width && y + kept.height * by >= size.height;
    if (by === 1) return covers;
    return performance.now() < this.busyUntil && by > 0.4 && by < 4;
  }

  keep() {
    const { size, view } = this;
    const dx = Math.round(size.width * MARGIN);
    const dy = Math.round(size.height * MARGIN);
    const [width, height] = [size.width + 2 * dx, size.height + 2 * dy];
    this.sheet ||= document.createElement("canvas");
    this.sheet.width = width * size.dense;
    this.sheet.height = height * size.dense;
    const pen = this.sheet.getContext("2d", { alpha: false });
    pen.scale(size.dense, size.dense);
    pen.fillStyle = this.scene.look.paper;
    pen.fillRect(0, 0, width, height);
    const moved = panned(view, dx, dy);
    paint.drawTies(pen, this.scene, moved, { width, height });
    paint.drawDots(pen, this.scene, moved, { width, height });
    this.kept = { view: { ...view }, dx, dy, width, height };
  }

  draw() {
    if (!this.size) return;
    const { size, view, scene } = this;
    if (!this.serves()) this.keep();
    const kept = this.kept;
    const by = view.scale / kept.view.scale;
    const pen = this.canvas.getContext("2d", { alpha: false });
    pen.setTransform(size.dense, 0, 0, size.dense, 0, 0);
    pen.fillStyle = scene.look.paper;
    pen.fillRect(0, 0, size.width, size.height);
    pen.drawImage(
      this.sheet,
      view.left - (kept.view.left + kept.dx) * by,
      view.top - (kept.view.top + kept.dy) * by,
      kept.width * by,
      kept.height * by,
    );
    const first = [this.chosen, this.under].filter((node) => node >= 0 && node < this.map.person.length);
    let among = null;
    if (this.chosen >= 0) {
      pen.globalAlpha = 0.72;
      pen.fillStyle = scene.look.paper;
      pen.fillRect(0, 0, size.width, size.height);
      pen.globalAlpha = 1;
      among = paint.drawCircle(pen, scene, view, this.chosen);
      paint.ring(pen, scene, view, this.chosen, scene.look.accent, 3);
    } else {
      for (const node of this.marked) {
        if (scene.shown.node[node]) paint.ring(pen, scene, view, node, scene.look.ink, 1.6);
      }
    }
    if (this.under >= 0) paint.ring(pen, scene, view, this.under, scene.look.ink, 2);
    else if (!among) paint.drawNumbers(pen, scene, view);
    paint.drawNames(pen, scene, view, size, { first, among });
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  pick(x, y) {
    return picked(this.map, this.view, this.scene.shares, this.scene.shown.node, x, y);
  }

  listen() {
    const { canvas } = this;
    const held = new Map();
    let far = 0;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      held.set(event.pointerId, this.at(event));
      far = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = this.at(event);
      if (!held.has(event.pointerId)) return this.hover(x, y);
      const before = held.get(event.pointerId);
      held.set(event.pointerId, [x, y]);
      far += Math.abs(x - before[0]) + Math.abs(y - before[1]);
      if (held.size === 1) return this.look(panned(this.view, x - before[0], y - before[1]));
      return this.pinch(held, event.pointerId, before);
    });
    const release = (event) => {
      const alone = held.delete(event.pointerId) && !held.size;
      if (event.type === "pointerup" && alone && far < 6) this.onpick(this.pick(...this.at(event)));
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("pointerleave", () => this.hover(-99, -99));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  hover(x, y) {
    const under = this.pick(x, y);
    if (under === this.under) return;
    this.under = under;
    this.canvas.style.cursor = under >= 0 ? "pointer" : "grab";
    this.later();
  }

  pinch(held, moved, before) {
    const [other] = [...held.entries()].filter(([id]) => id !== moved).map(([, at]) => at);
    const now = held.get(moved);
    const apart = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]) || 1;
    this.zooming();
    this.zoom(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  }

  // Scrolling moves the page, unless the map has been clicked or Ctrl is held.
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== this.canvas) return;
    event.preventDefault();
    this.zooming();
    this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), ...this.at(event));
  }

  // While the scale changes the kept picture is stretched, and drawn anew at rest.
  zooming() {
    this.busyUntil = performance.now() + REST;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.later(), REST + 5);
  }

  key(event) {
    const moves = {
      ArrowLeft: () => this.look(panned(this.view, STEP, 0)),
      ArrowRight: () => this.look(panned(this.view, -STEP, 0)),
      ArrowUp: () => this.look(panned(this.view, 0, STEP)),
      ArrowDown: () => this.look(panned(this.view, 0, -STEP)),
      "+": () => this.zoom(1.4),
      "=": () => this.zoom(1.4),
      "-": () => this.zoom(1 / 1.4),
      0: () => this.fit(),
      Escape: () => this.onpick(-1),
    };
    if (!moves[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    moves[event.key]();
  }
}
