/*
 * The weights of any unit as numbers: the row of a layer's matrix that belongs to it, and its bias.
 * They are those of the drawing pad's network.
 */
(() => {
  const numbers = document.getElementById("matrix");
  const pad = document.getElementById("pad");
  if (!numbers || !pad) {
    return;
  }
  const ROW = 16;
  const layers = pad.dataset.layers.split("-").map(Number);
  const parameters = Network.floats(pad.dataset.weights);
  const layer = numbers.querySelector("select");
  const unit = numbers.querySelector("input");
  const format = new Intl.NumberFormat(document.documentElement.lang,
      {minimumFractionDigits: 3, maximumFractionDigits: 3});

  /** As the image has its pixels where the inputs are pixels. */
  function laidOut(weights, isFirst) {
    const inRow = isFirst ? Number(pad.dataset.side) : ROW;
    const lines = [];
    for (let from = 0; from < weights.length; from += inRow) {
      lines.push([...weights.subarray(from, from + inRow)]
          .map(weight => format.format(weight).replace("-", "\u2212").padStart(7)).join(" "));
    }
    return lines.join("\n");
  }

  function show() {
    const l = layer.selectedIndex + 1;
    const [inputs, units] = [layers[l - 1], layers[l]];
    unit.max = units;
    const u = Math.max(1, Math.min(units, Math.floor(unit.valueAsNumber || 1)));
    let at = 0;
    for (let before = 1; before < l; before++) {
      at += (layers[before - 1] + 1) * layers[before];
    }
    const bias = parameters[at + inputs * units + u - 1];
    const weights = parameters.subarray(at + (u - 1) * inputs, at + u * inputs);
    document.getElementById("matrix-title").textContent = filled(numbers.dataset.title,
        layer.value, u, units, inputs, format.format(bias).replace("-", "\u2212"));
    numbers.querySelector("pre").textContent = laidOut(weights, l === 1);
  }

  layer.addEventListener("input", () => { unit.value = 1; show(); });
  unit.addEventListener("input", show);
  numbers.hidden = false;
  show();
})();
