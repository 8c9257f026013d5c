/*
 * Draw a digit. A drawing is a picture of the page or an empty sheet, and strokes on it. After every
 * change: the ink is read, scaled and centred as MNIST's was, and given to the network.
 */
(() => {
  const pad = document.getElementById("pad");
  if (!pad) {
    return;
  }
  const texts = pad.dataset;
  const part = name => pad.querySelector("." + name);
  const side = Number(texts.side);
  const layers = texts.layers.split("-").map(Number);
  const network = new Network(layers, texts.activation, Network.floats(texts.weights));
  const classes = layers[layers.length - 1];

  const SHEET = 280;
  const PEN = 22;
  const LEAST_MOVE = 3;
  const KEY_STEP = 7;

  /** The ink alone; on the sheet that is seen, there is also the place of the keyboard's pen. */
  const ink = element("canvas", {width: SHEET, height: SHEET}).getContext("2d",
      {willReadFrequently: true});
  const sheet = part("sheet").getContext("2d");
  const seen = part("seen").getContext("2d");
  const centre = part("centre");
  const erase = part("erase");

  /** A stroke is {erases, points: [[x, y], …]}, in pixels of the sheet. */
  let strokes = [];
  let picture = -1;
  let stroke = null;
  let keyPen = null;

  /* ---- From strokes to ink ---- */

  function paint() {
    ink.fillStyle = "black";
    ink.fillRect(0, 0, SHEET, SHEET);
    if (picture >= 0) {
      ink.imageSmoothingEnabled = false;
      ink.drawImage(pictures[picture], 0, 0, SHEET, SHEET);
    }
    strokes.forEach(paintStroke);
  }

  /** Smoothed: curves from the middle of one move to the middle of the next. */
  function paintStroke({erases, points}) {
    ink.strokeStyle = erases ? "black" : "white";
    ink.lineWidth = PEN;
    ink.lineCap = ink.lineJoin = "round";
    ink.beginPath();
    ink.moveTo(...points[0]);
    for (let i = 1; i < points.length - 1; i++) {
      const [x, y] = points[i];
      const [nextX, nextY] = points[i + 1];
      ink.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }
    ink.lineTo(...points[points.length - 1]);
    ink.stroke();
  }

  function pixelsOfInk() {
    const rgba = ink.getImageData(0, 0, SHEET, SHEET).data;
    return Uint8Array.from({length: SHEET * SHEET}, (_, i) => rgba[4 * i]);
  }

  /* ---- From ink to the network's answer ---- */

  function look() {
    paint();
    const drawing = {pixels: pixelsOfInk(), width: SHEET, height: SHEET};
    const input = centre.checked ? normalised(drawing, side) : asDrawn(drawing, side);
    const values = network.forward(input);
    showSheet();
    showInput(input);
    values.slice(1, -1).forEach(showLayer);
    showProbabilities(values[values.length - 1], input.every(pixel => pixel === 0));
  }

  /** At most once for each picture that the screen shows, however fast the pen moves. */
  let isWaiting = false;
  function lookSoon() {
    if (!isWaiting) {
      isWaiting = true;
      requestAnimationFrame(() => { isWaiting = false; look(); });
    }
  }

  function showSheet() {
    sheet.drawImage(ink.canvas, 0, 0);
    if (keyPen && document.activeElement === sheet.canvas) {
      sheet.strokeStyle = stroke ? "#f5963d" : "#56b4e9";
      sheet.lineWidth = 4;
      sheet.beginPath();
      sheet.arc(...keyPen, PEN / 2, 0, 2 * Math.PI);
      sheet.stroke();
    }
  }

  function showGreys(pen, greys, width, height) {
    const image = pen.createImageData(width, height);
    greys.forEach((grey, i) => image.data.set([grey, grey, grey, 255], 4 * i));
    pen.putImageData(image, 0, 0);
  }

  function showInput(input) {
    showGreys(seen, input, side, side);
  }

  /** One small square for each unit: black for the least, white for the most of its layer. */
  const layerViews = layers.slice(1, -1).map((units, l) => {
    const across = Math.min(units, 16 * Math.ceil(Math.sqrt(units) / 16));
    const canvas = element("canvas", {width: across, height: Math.ceil(units / across), role: "img"});
    const caption = element("figcaption");
    part("layers").append(element("figure", {}, caption, canvas));
    return {canvas, caption, number: l + 1};
  });

  function showLayer(values, l) {
    const {canvas, caption, number} = layerViews[l];
    const least = network.activation === "tanh" ? -1 : 0;
    const most = network.activation === "relu" ? Math.max(1e-9, ...values) : 1;
    const greys = new Array(canvas.width * canvas.height).fill(0);
    values.forEach((value, i) => { greys[i] = 255 * (value - least) / (most - least); });
    showGreys(canvas.getContext("2d"), greys, canvas.width, canvas.height);
    const strongest = values.indexOf(Math.max(...values));
    caption.textContent = filled(texts.layer, number, values.filter(value => value > 0).length,
        values.length, strongest + 1, written(values[strongest], 2));
    canvas.setAttribute("aria-label", caption.textContent);
  }

  const MOST_ROWS = 10;
  const rows = Array.from({length: Math.min(classes, MOST_ROWS)}, () => {
    const row = {label: element("b"), bar: element("i"), share: element("span")};
    part("probabilities").append(
        element("li", {}, row.label, element("span", {class: "track"}, row.bar), row.share));
    return row;
  });

  function showProbabilities(probabilities, isEmpty) {
    const order = probabilities.map((_, label) => label);
    const byShare = [...order].sort((a, b) => probabilities[b] - probabilities[a]);
    (classes > MOST_ROWS ? byShare : order).slice(0, MOST_ROWS).forEach((label, i) => {
      rows[i].label.textContent = label;
      rows[i].bar.style.width = 100 * probabilities[label] + "%";
      rows[i].bar.className = label === byShare[0] && !isEmpty ? "first" : "";
      rows[i].share.textContent = percent(probabilities[label]);
    });
    part("answer").dataset.next = isEmpty ? texts.empty
        : filled(texts.answer, byShare[0], percent(probabilities[byShare[0]]));
  }

  /** Said only when a stroke has ended: a screen reader would not keep up with the pen. */
  function finish() {
    look();
    part("answer").textContent = part("answer").dataset.next;
    Place.write("draw", {
      image: picture < 0 ? "" : picture + 1,
      raw: centre.checked ? "" : 1,
      strokes: strokes.map(writtenStroke).join("."),
    });
  }

  /* ---- Strokes in the address: two figures to the base 36 for each number ---- */

  const writtenStroke = ({erases, points}) => (erases ? "e" : "d")
      + points.flat().map(value => value.toString(36).padStart(2, "0")).join("");

  function readStroke(text) {
    const numbers = (text.slice(1).match(/[0-9a-z]{2}/g) ?? []).map(pair => parseInt(pair, 36));
    const points = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      points.push([onSheet(numbers[i]), onSheet(numbers[i + 1])]);
    }
    return {erases: text[0] === "e", points};
  }

  /* ---- Mouse, touch and pen ---- */

  const onSheet = value => Math.max(0, Math.min(SHEET, Math.round(value)));

  function pointOf(event) {
    const box = sheet.canvas.getBoundingClientRect();
    return [onSheet((event.clientX - box.left) * SHEET / box.width),
      onSheet((event.clientY - box.top) * SHEET / box.height)];
  }

  function begin(point) {
    stroke = {erases: erase.checked, points: [point, point]};
    strokes.push(stroke);
  }

  function moveTo(point) {
    const [x, y] = stroke.points[stroke.points.length - 1];
    if (Math.hypot(point[0] - x, point[1] - y) >= LEAST_MOVE) {
      stroke.points.push(point);
    }
  }

  sheet.canvas.addEventListener("pointerdown", event => {
    if (event.button === 0 && event.isPrimary) {
      keyPen = null;
      sheet.canvas.setPointerCapture(event.pointerId);
      begin(pointOf(event));
      lookSoon();
    }
  });
  sheet.canvas.addEventListener("pointermove", event => {
    if (stroke && event.isPrimary && sheet.canvas.hasPointerCapture(event.pointerId)) {
      (event.getCoalescedEvents?.() ?? []).concat(event).map(pointOf).forEach(moveTo);
      lookSoon();
    }
  });
  for (const ending of ["pointerup", "pointercancel"]) {
    sheet.canvas.addEventListener(ending, event => {
      if (stroke && event.isPrimary) {
        stroke = null;
        finish();
      }
    });
  }

  /* ---- The keyboard: arrows move the pen, Space lowers and lifts it ---- */

  const STEPS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

  sheet.canvas.addEventListener("keydown", event => {
    keyPen ??= [SHEET / 2, SHEET / 2];
    if (event.key in STEPS) {
      keyPen = keyPen.map((value, axis) => onSheet(value + KEY_STEP * STEPS[event.key][axis]));
      if (stroke) {
        moveTo(keyPen);
      }
      look();
    } else if (event.key === " " || event.key === "Enter") {
      if (stroke) {
        stroke = null;
        finish();
      } else {
        begin(keyPen);
        look();
      }
    } else if (event.key === "Delete" || event.key === "Backspace") {
      clear();
    } else {
      return;
    }
    event.preventDefault();
  });
  sheet.canvas.addEventListener("focus", showSheet);
  sheet.canvas.addEventListener("blur", () => { stroke = null; showSheet(); });

  /* ---- Buttons ---- */

  function clear() {
    strokes = [];
    stroke = null;
    picture = -1;
    centre.checked = true;
    finish();
  }

  part("clear").addEventListener("click", clear);
  part("undo").addEventListener("click", () => { strokes.pop(); finish(); });
  centre.addEventListener("change", finish);

  /* ---- The pictures of this page ---- */

  const pictures = [...document.querySelectorAll("#samples img, #examples ~ * li > img")];

  /** A picture is taken as it is: it has been scaled and centred already. */
  function take(number) {
    strokes = [];
    picture = number;
    centre.checked = false;
    finish();
  }

  part("pictures").addEventListener("toggle", () => {
    const list = part("pictures").querySelector("ul");
    if (list.children.length === 0) {
      list.append(...pictures.map((image, number) => {
        const button = element("button", {type: "button"}, image.cloneNode());
        button.addEventListener("click", () => take(number));
        return element("li", {}, button);
      }));
    }
  });

  sheet.canvas.tabIndex = 0;
  document.getElementById("pad-note").hidden = true;
  pad.hidden = false;
  look();
  part("answer").textContent = texts.empty;
  Place.follow("draw", settings => {
    strokes = (settings.get("strokes") ?? "").split(".").map(readStroke)
        .filter(({points}) => points.length > 0);
    picture = Math.min(pictures.length, Number(settings.get("image")) || 0) - 1;
    centre.checked = !settings.has("raw");
    const show = () => { look(); part("answer").textContent = part("answer").dataset.next; };
    (picture < 0 ? Promise.resolve() : pictures[picture].decode()).then(show, show);
  });
})();
