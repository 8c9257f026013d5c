/*
 * Follows a run: asks the page's own server, once a second, how far the run has come.
 */
(() => {
  const SECOND = 1000;
  const watch = document.getElementById("watch");
  const texts = watch.dataset;
  const state = document.getElementById("state");
  const bar = watch.querySelector("progress");
  const figure = watch.querySelector("figure");
  const table = watch.querySelector(".scroll");

  function say(text) {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  }

  const share = value => value === null ? "–" : percent(value);
  const loss = value => value === null ? "–" : written(value, 4);

  function row(epoch) {
    const cells = [loss(epoch.trainLoss), share(epoch.trainAccuracy), loss(epoch.validationLoss),
      share(epoch.validationAccuracy), written(epoch.seconds ?? 0, 2)];
    return element("tr", {}, element("th", {scope: "row"}, epoch.epoch),
        ...cells.map(text => element("td", {class: "number"}, text)));
  }

  function show({state: now, age, hasReport, progress}) {
    document.getElementById("report").hidden = !hasReport;
    if (now === "ended" || now === "waiting") {
      say(texts[now]);
      bar.value = now === "ended" ? 1 : 0;
    }
    if (!progress) {
      return;
    }
    const {epoch, epochs, round, roundsPerEpoch, ended, rounds} = progress;
    const place = [Math.min(epoch, epochs), epochs, round, roundsPerEpoch];
    say(now === "silent" ? filled(texts.silent, age) : filled(texts.running, ...place));
    bar.value = (epoch - 1 + round / roundsPerEpoch) / epochs;
    table.hidden = ended.length === 0;
    table.querySelector("tbody").replaceChildren(...ended.map(row).reverse());
    figure.hidden = rounds.length < 2;
    if (rounds.length > 1) {
      const last = rounds[rounds.length - 1];
      drawCurve(figure.querySelector("svg"), rounds, [], filled(texts.curve, written(last[1], 4)));
    }
  }

  async function ask() {
    let isOver = false;
    try {
      const answer = await fetch("state.json", {cache: "no-store"});
      const found = await answer.json();
      show(found);
      isOver = found.state === "ended";
      if (isOver && found.hasReport) {
        location.replace("report.html");
      }
    } catch (e) {
      say(texts.gone);
    }
    if (!isOver) {
      setTimeout(ask, SECOND);
    }
  }

  ask();
})();
