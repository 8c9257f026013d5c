/*
 * A network with two hidden units learns XOR by gradient descent on all four examples. For a chosen
 * weight and example, the chain rule is written out.
 *
 * The nine parameters: h1 = s(w11·x1 + w12·x2 + b1), h2 = s(w21·x1 + w22·x2 + b2),
 * y = s(v1·h1 + v2·h2 + c), where s is the sigmoid. The error of an example is E = (y - t)² / 2.
 */
const XOR = {
  NAMES: ["w11", "w12", "b1", "w21", "w22", "b2", "v1", "v2", "c"],

  /** x1, x2 and the target t. */
  EXAMPLES: [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]],

  /** The first parameters: numbers from -1 to 1 that depend on the seed alone. */
  parameters(seed) {
    let state = seed * 2654435761 >>> 0;
    return XOR.NAMES.map(() => {
      state = Math.imul(state, 1664525) + 1013904223 >>> 0;
      return 2 * state / 2 ** 32 - 1;
    });
  },

  forward([w11, w12, b1, w21, w22, b2, v1, v2, c], [x1, x2]) {
    const h1 = ACTIVATIONS.sigmoid(w11 * x1 + w12 * x2 + b1);
    const h2 = ACTIVATIONS.sigmoid(w21 * x1 + w22 * x2 + b2);
    return {h1, h2, y: ACTIVATIONS.sigmoid(v1 * h1 + v2 * h2 + c)};
  },

  /** For each parameter the factors of its slope dE/dw by the chain rule: a name and a value each. */
  factors(parameters, [x1, x2, t]) {
    const {h1, h2, y} = XOR.forward(parameters, [x1, x2]);
    const end = [["(y − t)", y - t], ["y(1 − y)", y * (1 - y)]];
    const into1 = [...end, ["v1", parameters[6]], ["h1(1 − h1)", h1 * (1 - h1)]];
    const into2 = [...end, ["v2", parameters[7]], ["h2(1 − h2)", h2 * (1 - h2)]];
    return [
      [...into1, ["x1", x1]], [...into1, ["x2", x2]], into1,
      [...into2, ["x1", x1]], [...into2, ["x2", x2]], into2,
      [...end, ["h1", h1]], [...end, ["h2", h2]], end,
    ];
  },

  product: factors => factors.reduce((all, [, value]) => all * value, 1),

  /** For each parameter the mean slope over the four examples. */
  gradient(parameters) {
    const each = XOR.EXAMPLES.map(example => XOR.factors(parameters, example).map(XOR.product));
    return XOR.NAMES.map((_, p) => each.reduce((sum, one) => sum + one[p], 0) / each.length);
  },

  /** The mean error of the four examples. */
  error: parameters => XOR.EXAMPLES.reduce((sum, example) =>
      sum + (XOR.forward(parameters, example).y - example[2]) ** 2 / 2, 0) / XOR.EXAMPLES.length,
};

(() => {
  const play = document.getElementById("xor-play");
  const texts = play.dataset;
  const part = name => play.querySelector("." + name);
  const rate = part("rate");
  const MOST_STEPS = 20_000;

  let seed = 4;
  let steps = 0;
  let parameters = [];
  let losses = [];

  function train(count) {
    for (let i = 0; i < count && steps < MOST_STEPS; i++) {
      const slopes = XOR.gradient(parameters);
      parameters = parameters.map((value, p) => value - rate.valueAsNumber * slopes[p]);
      steps++;
      losses.push(XOR.error(parameters));
    }
  }

  function restart() {
    steps = 0;
    parameters = XOR.parameters(seed);
    losses = [XOR.error(parameters)];
  }

  /* ---- What is shown ---- */

  const bracketed = value => value < 0 ? "(" + written(value, 4) + ")" : written(value, 4);

  function show() {
    part("rate-value").textContent = written(rate.valueAsNumber, 1);
    part("said").textContent = filled(texts.said, new Intl.NumberFormat(document.documentElement.lang)
        .format(steps), written(losses.at(-1), 4), correct());
    part("outputs").replaceChildren(...XOR.EXAMPLES.map(example => element("tr", {},
        ...[...example.map(value => written(value, 0)), written(XOR.forward(parameters, example).y, 3)]
            .map(text => element("td", {class: "number"}, text)))));
    const shown = Math.max(1, Math.ceil(losses.length / 300));
    const points = losses.map((value, i) => [i, value]).filter((_, i) => i % shown === 0 || i === steps);
    drawCurve(part("curve"), points, [points.at(-1)], texts.curve);
    showChainRule();
  }

  const correct = () =>
      XOR.EXAMPLES.filter(example => Math.round(XOR.forward(parameters, example).y) === example[2]).length;

  function showChainRule() {
    const p = part("weight").selectedIndex;
    const example = XOR.EXAMPLES[part("example").selectedIndex];
    const pairs = XOR.factors(parameters, example)[p];
    const slope = XOR.gradient(parameters)[p];
    const name = XOR.NAMES[p];
    part("chain").replaceChildren(...[
      `∂E/∂${name} = ${pairs.map(([factor]) => factor).join(" · ")}`,
      `= ${pairs.map(([, value]) => bracketed(value)).join(" · ")} = ${written(XOR.product(pairs), 5)}`,
      filled(texts.mean, written(slope, 5)),
      `${name} − η · ∂E/∂${name} = ${written(parameters[p], 4)} − ${written(rate.valueAsNumber, 1)} · `
          + `${slope < 0 ? "(" + written(slope, 5) + ")" : written(slope, 5)} = `
          + written(parameters[p] - rate.valueAsNumber * slope, 4),
    ].map(line => element("li", {}, line)));
  }

  function remember() {
    Place.write("xor", {seed, rate: rate.value, steps, weight: part("weight").selectedIndex,
      example: part("example").selectedIndex});
  }

  function then(change) {
    return () => { change(); show(); remember(); };
  }

  part("weight").append(...XOR.NAMES.map(name => element("option", {}, name)));
  part("example").append(...XOR.EXAMPLES.map(([x1, x2, t]) =>
      element("option", {}, `x1 = ${x1}, x2 = ${x2}, t = ${t}`)));
  part("one").addEventListener("click", then(() => train(1)));
  part("hundred").addEventListener("click", then(() => train(100)));
  part("thousand").addEventListener("click", then(() => train(1000)));
  part("again").addEventListener("click", then(restart));
  part("other").addEventListener("click", then(() => { seed = seed % 99 + 1; restart(); }));
  rate.addEventListener("input", () => { restart(); show(); });
  rate.addEventListener("change", remember);
  for (const choice of ["weight", "example"]) {
    part(choice).addEventListener("change", then(() => {}));
  }
  document.getElementById("xor-note").hidden = true;
  play.hidden = false;
  restart();
  show();
  Place.follow("xor", settings => {
    seed = Math.max(1, Math.min(99, Math.floor(Number(settings.get("seed"))) || 4));
    rate.value = settings.get("rate") ?? rate.value;
    for (const choice of ["weight", "example"]) {
      const index = Math.floor(Number(settings.get(choice))) || 0;
      part(choice).selectedIndex = Math.max(0, Math.min(part(choice).length - 1, index));
    }
    restart();
    train(Math.min(MOST_STEPS, Number(settings.get("steps")) || 0));
    show();
  });
})();
