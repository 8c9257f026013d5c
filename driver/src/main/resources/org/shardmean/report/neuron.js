/*
 * A neuron: what it computes, written out. Inputs, weights and bias are sliders; the networks of
 * the lectures are ready to load.
 */
(() => {
  const play = document.getElementById("neuron-play");
  const texts = play.dataset;
  const part = name => play.querySelector("." + name);

  const unit = (activation, bias, ...weights) => ({activation, bias, weights});
  const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]];
  const LINE = [0, 1, 0, 0, 1, 0, 0, 1, 0];

  /**
   * Each network has inputs and layers of units; the rows are inputs whose outputs are listed, and
   * the target is what the output should be.
   */
  const NETS = {
    relu2: () => ({inputs: [1], layers: [[unit("relu", 0, 1)]],
      rows: [-2, -1, 0, 1, 2].map(x => [x])}),
    relu3: () => ({inputs: [1], layers: [[unit("relu", 0, 1)]],
      rows: [-3, -2, -1, 0, 1, 2, 3].map(x => [x])}),
    or: () => ({inputs: [1, 0], layers: [[unit("relu", -0.5, 1, 1)]], rows: CORNERS}),
    difference: () => ({inputs: [1, 1], layers: [[unit("relu", 0, 4, -2)]], rows: CORNERS}),
    xnor: () => ({inputs: [0, 1],
      layers: [[unit("relu", 0, 1, 1), unit("relu", -1, 1, 1)], [unit("relu", 1, -1, 2)]],
      rows: CORNERS}),
    pixels: () => ({inputs: [...LINE],
      layers: [[unit("relu", -2, ...LINE.map(ink => ink === 1 ? 1 : -1))]],
      rows: [LINE, [0, 0, 0, 1, 1, 1, 0, 0, 0], new Array(9).fill(1)]}),
    error: () => ({inputs: [1, 0.3], layers: [[unit("sigmoid", 0.2, 1.25, 0.55)]], rows: [],
      target: 1}),
  };

  let name = "or";
  let net = NETS[name]();

  /* ---- What the network computes ---- */

  const sumOf = ({weights, bias}, inputs) =>
      weights.reduce((sum, weight, i) => sum + weight * inputs[i], bias);

  /** The values of every layer, the inputs first. */
  function valuesFor(inputs) {
    const values = [inputs];
    for (const layer of net.layers) {
      const before = values[values.length - 1];
      values.push(layer.map(cell => ACTIVATIONS[cell.activation](sumOf(cell, before))));
    }
    return values;
  }

  const outputFor = inputs => valuesFor(inputs).at(-1)[0];

  /* ---- Names and numbers ---- */

  const inputName = i => "x" + (i + 1);
  const cellName = (l, u) => l === net.layers.length - 1 ? "y" : "h" + (u + 1);
  const nameBefore = (l, i) => l === 0 ? inputName(i) : cellName(l - 1, i);
  const short = value => {
    const text = written(value, 3);
    return text.includes(".") || text.includes(",") ? text.replace(/[.,]?0+$/, "") : text;
  };

  /* ---- Sliders ---- */

  function slider(label, name, value, least, most, set) {
    const input = element("input",
        {type: "range", min: least, max: most, step: 0.05, value, "aria-label": label});
    const output = element("output", {}, short(value));
    input.addEventListener("input", () => {
      set(input.valueAsNumber);
      output.textContent = short(input.valueAsNumber);
      compute();
    });
    input.addEventListener("change", remember);
    return element("label", {class: "slider"}, element("span", {}, name), input, output);
  }

  function build() {
    const isImage = net.inputs.length === 9;
    part("inputs").replaceChildren(element("legend", {}, texts.inputs), ...net.inputs.map((value, i) =>
        slider(filled(texts.input, i + 1), inputName(i), value, isImage ? 0 : -3, isImage ? 1 : 3,
            to => { net.inputs[i] = to; })));
    part("cells").replaceChildren(...net.layers.flatMap((layer, l) =>
        layer.map((cell, u) => cellView(cell, l, u))));
    play.classList.toggle("nine", isImage);
  }

  function cellView(cell, l, u) {
    const name = cellName(l, u);
    const choice = element("select", {"aria-label": filled(texts.activation, name)},
        ...Object.keys(ACTIVATIONS).map(key => element("option", {value: key}, key)));
    choice.value = cell.activation;
    choice.addEventListener("change", () => { cell.activation = choice.value; compute(); remember(); });
    return element("fieldset", {}, element("legend", {}, filled(texts.cell, name)),
        ...cell.weights.map((weight, i) => slider(filled(texts.weight, name, nameBefore(l, i)),
            "w" + (i + 1), weight, -5, 5, to => { cell.weights[i] = to; })),
        slider(filled(texts.bias, name), "b", cell.bias, -5, 5, to => { cell.bias = to; }),
        element("p", {}, choice));
  }

  /* ---- The arithmetic, written out ---- */

  const bracketed = value => value < 0 ? "(" + short(value) + ")" : short(value);

  function arithmetic(cell, l, u, values) {
    const inputs = values[l];
    const formula = cell.weights.map((_, i) => `w${i + 1}·${nameBefore(l, i)}`).join(" + ") + " + b";
    const terms = cell.weights
        .map((weight, i) => `${bracketed(weight)} · ${bracketed(inputs[i])}`).join(" + ");
    const sum = sumOf(cell, inputs);
    return element("li", {}, ...[
      `${cellName(l, u)} = ${cell.activation}(${formula})`,
      `= ${cell.activation}(${terms} + ${bracketed(cell.bias)})`,
      `= ${cell.activation}(${short(sum)})`,
      `= ${short(values[l + 1][u])}`,
    ].flatMap(line => [element("span", {}, line), " "]));
  }

  function compute() {
    const values = valuesFor(net.inputs);
    part("arithmetic").replaceChildren(...net.layers.flatMap((layer, l) =>
        layer.map((cell, u) => arithmetic(cell, l, u, values))));
    const output = values.at(-1)[0];
    const error = net.target - output;
    part("result").textContent = net.target === undefined ? filled(texts.output, short(output))
        : filled(texts.error, short(output), short(net.target), short(error), written(error * error, 4));
    showRows();
    showCurve();
  }

  function showRows() {
    part("rows").hidden = net.rows.length === 0;
    part("rows").querySelector("thead tr").replaceChildren(
        ...[...net.inputs.map((_, i) => inputName(i)), "y"]
            .map(title => element("th", {scope: "col", class: "number"}, title)));
    part("rows").querySelector("tbody").replaceChildren(...net.rows.map(row =>
        element("tr", {}, ...[...row, outputFor(row)].map(value =>
            element("td", {class: "number"}, short(value))))));
  }

  /** The output while the first input goes from -3 to 3 and the others stay. */
  function showCurve() {
    const points = Array.from({length: 121}, (_, i) => {
      const x = -3 + i / 20;
      return [x, outputFor([x, ...net.inputs.slice(1)])];
    });
    const here = [net.inputs[0], outputFor(net.inputs)];
    drawCurve(part("curve"), points, [here], filled(texts.curve, inputName(0)));
  }

  /* ---- The address, and the networks of the lectures ---- */

  /** All numbers that can be set, in one row. */
  const numbers = () => [...net.inputs,
    ...net.layers.flat().flatMap(cell => [...cell.weights, cell.bias])];

  function setNumbers(values) {
    if (values.length === numbers().length && values.every(Number.isFinite)) {
      const next = values.map(value => Math.max(-5, Math.min(5, value)));
      net.inputs = net.inputs.map(() => next.shift());
      net.layers.flat().forEach(cell => {
        cell.weights = cell.weights.map(() => next.shift());
        cell.bias = next.shift();
      });
    }
  }

  function remember() {
    Place.write("neuron", {
      net: name,
      values: numbers().map(value => Math.round(1000 * value) / 1000).join("_"),
      activations: net.layers.flat().map(cell => cell.activation).join("_"),
    });
  }

  function load(wanted) {
    name = Object.hasOwn(NETS, wanted) ? wanted : name;
    net = NETS[name]();
    part("net").value = name;
    part("about").textContent = part("net").selectedOptions[0].dataset.about;
  }

  part("net").addEventListener("change", () => { load(part("net").value); build(); compute(); remember(); });
  document.getElementById("neuron-note").hidden = true;
  play.hidden = false;
  load(name);
  build();
  compute();
  Place.follow("neuron", settings => {
    load(settings.get("net"));
    setNumbers((settings.get("values") ?? "").split("_").map(Number));
    const activations = (settings.get("activations") ?? "").split("_");
    net.layers.flat().forEach((cell, i) => {
      cell.activation = Object.hasOwn(ACTIVATIONS, activations[i]) ? activations[i] : cell.activation;
    });
    build();
    compute();
  });
})();
