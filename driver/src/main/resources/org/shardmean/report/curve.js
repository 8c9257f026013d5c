/*
 * A curve in an svg of the page, with marks on it. The axes fit the values.
 */
function drawCurve(svg, points, marks, label) {
  const WIDTH = 400;
  const HEIGHT = 240;
  const EDGE = 34;
  const shape = (name, attributes, text = "") => {
    const made = document.createElementNS(svg.namespaceURI, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.textContent = text;
    return made;
  };
  const ends = values => [Math.min(...values), Math.max(...values)];
  const [left, right] = ends(points.map(([x]) => x));
  const [low, high] = ends([...points.map(([, y]) => y), 0]);
  const across = x => EDGE + (x - left) / (right - left || 1) * (WIDTH - EDGE - 10);
  const up = y => HEIGHT - 24 - (y - low) / (high - low || 1) * (HEIGHT - 36);
  const place = ([x, y]) => across(x).toFixed(1) + " " + up(y).toFixed(1);
  const tick = (x, y, text, anchor) =>
      shape("text", {class: "tick", x, y, "text-anchor": anchor}, text);
  const text = value => written(value, Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2);
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("aria-label", label);
  svg.replaceChildren(
      shape("line", {class: "grid", x1: EDGE, x2: WIDTH - 10, y1: up(0), y2: up(0)}),
      tick(EDGE, HEIGHT - 6, text(left), "middle"),
      tick(WIDTH - 10, HEIGHT - 6, text(right), "end"),
      tick(EDGE - 6, up(high) + 4, text(high), "end"),
      tick(EDGE - 6, up(low) + 4, text(low), "end"),
      shape("path", {class: "c0", d: "M" + points.map(place).join("L")}),
      ...marks.map((mark, i) => shape("circle", {class: "c1", cx: across(mark[0]), cy: up(mark[1]),
        r: i === marks.length - 1 ? 7 : 3})));
}
