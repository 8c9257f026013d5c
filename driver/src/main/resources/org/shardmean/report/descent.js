/*
 * Gradient descent: a ball on a curve that has a local minimum.
 */
(() => {
  const play = document.getElementById("descent-play");
  const texts = play.dataset;
  const part = name => play.querySelector("." + name);
  const rate = part("rate");
  const start = part("start");

  const height = x => (x ** 4 - 8 * x ** 2 + 3 * x) / 10 + 2.5;
  const slope = x => (4 * x ** 3 - 16 * x + 3) / 10;
  const EDGE = 3.3;
  const MOST_STEPS = 200;
  const curve = Array.from({length: 133}, (_, i) => -EDGE + i / 20).map(x => [x, height(x)]);

  /** Where the ball has been, the start first. */
  let path = [];
  let timer = 0;

  const isOut = () => Math.abs(path[path.length - 1]) > EDGE;

  function step() {
    const x = path[path.length - 1];
    path.push(x - rate.valueAsNumber * slope(x));
  }

  function restart() {
    stop();
    path = [start.valueAsNumber];
  }

  function walk(steps) {
    for (let i = 0; i < steps && !isOut() && path.length <= MOST_STEPS; i++) {
      step();
    }
  }

  /** Step by step to be seen; all at once for readers who want no motion. */
  function run() {
    stop();
    if (isStill()) {
      walk(50);
      show();
      remember();
      return;
    }
    let left = 50;
    timer = setInterval(() => {
      walk(1);
      show();
      if (--left === 0 || isOut()) {
        stop();
        remember();
      }
    }, 120);
  }

  function stop() {
    clearInterval(timer);
  }

  function show() {
    part("rate-value").textContent = written(rate.valueAsNumber, 2);
    part("start-value").textContent = written(start.valueAsNumber, 2);
    const x = path[path.length - 1];
    const seen = path.filter(at => Math.abs(at) <= EDGE).map(at => [at, height(at)]);
    drawCurve(part("curve"), curve, seen.length ? seen : [[start.valueAsNumber, height(start.valueAsNumber)]],
        filled(texts.curve, path.length - 1));
    const next = x - rate.valueAsNumber * slope(x);
    part("formula").textContent = isOut() ? ""
        : `x − η · f′(x) = ${written(x, 3)} − ${written(rate.valueAsNumber, 2)} · `
            + `${slope(x) < 0 ? "(" + written(slope(x), 3) + ")" : written(slope(x), 3)} = ${written(next, 3)}`;
    part("said").textContent = isOut() ? filled(texts.out, path.length - 1)
        : filled(Math.abs(slope(x)) > 0.01 ? texts.at : x < 0 ? texts.lowest : texts.local,
            path.length - 1, written(x, 3), written(height(x), 3), written(slope(x), 3));
  }

  function remember() {
    Place.write("descent", {rate: rate.value, start: start.value, steps: path.length - 1});
  }

  function then(change) {
    return () => { change(); show(); remember(); };
  }

  part("step").addEventListener("click", then(() => { stop(); walk(1); }));
  part("run").addEventListener("click", run);
  part("restart").addEventListener("click", then(restart));
  for (const slider of [rate, start]) {
    slider.addEventListener("input", () => { restart(); show(); });
    slider.addEventListener("change", remember);
  }
  document.getElementById("descent-note").hidden = true;
  play.hidden = false;
  restart();
  show();
  Place.follow("descent", settings => {
    rate.value = settings.get("rate") ?? rate.value;
    start.value = settings.get("start") ?? start.value;
    restart();
    walk(Number(settings.get("steps")) || 0);
    show();
  });
})();
