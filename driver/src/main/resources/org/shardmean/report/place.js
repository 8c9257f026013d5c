/*
 * The address of a position. What a reader has set stands behind the # of the page's address, such
 * as #neuron&net=xnor&x=1.0, so that a teacher can send a link to exactly what the class should see.
 */
const Place = {
  /** What stands behind the # for a part of the page; null where it is about another part. */
  read(part) {
    const [name, ...settings] = location.hash.slice(1).split("&");
    return name === part ? new URLSearchParams(settings.join("&")) : null;
  },

  /** Replaces what stands behind the #; settings that are empty are left out. */
  write(part, settings) {
    const written = Object.entries(settings)
        .filter(([, value]) => value !== "" && value !== null && value !== undefined)
        .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    history.replaceState(null, "", "#" + part + written.join(""));
  },

  /** Calls show with the settings of a part, now and whenever the address names that part. */
  follow(part, show) {
    const look = () => {
      const settings = Place.read(part);
      if (settings !== null) {
        show(settings);
        document.getElementById(part).scrollIntoView();
      }
    };
    addEventListener("hashchange", look);
    look();
  },
};

/** Fills {0}, {1} … in a text of the page. */
const filled = (text, ...values) => text.replace(/\{(\d)\}/g, (all, i) => values[i] ?? all);

/** A number as the page's language writes it. */
const written = (value, decimals) => {
  const format = new Intl.NumberFormat(document.documentElement.lang,
      {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  return format.format(Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value).replace("-", "\u2212");
};

/** A share in percent, as the page's language writes it. */
const percent = share => new Intl.NumberFormat(document.documentElement.lang,
    {style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1}).format(share);

/** A new element with attributes and content. */
const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...content);
  return made;
};

/** Whether the reader has asked for pages that do not move. */
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
