package org.shardmean.tests;

/**
 * JavaScript to run in a page: lists of its faults, empty where there are none, and names of
 * elements.
 */
final class PageChecks {
  private PageChecks() {}

  /** Elements that stick out of the window to the right, outside a region that scrolls. */
  static final String TOO_WIDE =
      "[...document.body.querySelectorAll('*')]"
          + ".filter(e => !e.closest('.scroll *') && !e.closest('svg') && !e.matches('.skip'))"
          + ".filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)"
          + ".map(e => e.outerHTML.slice(0, 200))";

  /** Captions that are wider than what is seen of their table, so that their ends are cut. */
  static final String CUT_CAPTIONS =
      "[...document.querySelectorAll('.scroll caption span')]"
          + ".filter(s => s.getBoundingClientRect().width > s.closest('.scroll').clientWidth + 1)"
          + ".map(s => s.textContent)";

  /** What an element is called here. */
  static final String NAMED =
      "e => e.tagName + ' ' + (e.getAttribute('href') || e.getAttribute('aria-labelledby')"
          + " || e.textContent.trim() || e.id || e.value)";

  /** Colours, what lies behind an element, and the contrast of WCAG 2.2 between two colours. */
  private static final String CONTRAST =
      "const numbers = c => c.match(/[\\d.]+/g).map(Number);"
          + "const over = (top, under) => { const a = top.length > 3 ? top[3] : 1;"
          + " return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };"
          + "const ground = e => { if (!e) return [255, 255, 255];"
          + " return over(numbers(getComputedStyle(e).backgroundColor), ground(e.parentElement)); };"
          + "const luminance = c => { const [r, g, b] = c.map(v => v / 255)"
          + " .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);"
          + " return 0.2126 * r + 0.7152 * g + 0.0722 * b; };"
          + "const contrast = (ink, behind) => {"
          + " const [a, b] = [luminance(over(numbers(ink), behind)), luminance(behind)]"
          + " .sort((x, y) => y - x);"
          + " return (a + 0.05) / (b + 0.05); };"
          + "const low = new Set();"
          + "const name = (e, ratio) => e.tagName + '.' + e.getAttribute('class') + ' '"
          + " + ratio.toFixed(2);";

  /** Texts whose contrast with what is behind them is under 4.5 (success criterion 1.4.3). */
  static final String LOW_CONTRAST =
      "(() => {"
          + CONTRAST
          + "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
          + "while (walker.nextNode()) { const e = walker.currentNode.parentElement;"
          + " if (!walker.currentNode.textContent.trim() || e.matches('title, desc, script'))"
          + " continue;"
          + " const style = getComputedStyle(e);"
          + " const ratio = contrast(e.closest('svg') ? style.fill : style.color, ground(e));"
          + " if (ratio < 4.5) low.add(name(e, ratio)); }"
          + "return [...low]; })()";

  /** Bars, lines and marks whose contrast is under 3 (success criterion 1.4.11). */
  static final String PALE_DRAWINGS =
      "(() => {"
          + CONTRAST
          + "for (const e of document.querySelectorAll('.bars rect, .chart :is(path, rect, circle)'))"
          + " { const style = getComputedStyle(e);"
          + " const behind = ground(e.closest('svg'));"
          + " const inks = [style.fill, style.stroke].filter(ink => ink != 'none');"
          + " const ratio = Math.max(...inks.map(ink => contrast(ink, behind)));"
          + " if (inks.length > 0 && !e.matches('.band, .frame') && ratio < 3)"
          + " low.add(name(e, ratio)); }"
          + "return [...low]; })()";

  /**
   * Whether a font has a glyph for a character: a character without one is drawn as the box that
   * every such character gets.
   */
  private static final String GLYPHS =
      "const pen = Object.assign(document.createElement('canvas'), {width: 40, height: 40})"
          + ".getContext('2d', {willReadFrequently: true});"
          + "pen.textBaseline = 'top';"
          + "const drawn = (character, family) => { pen.font = '24px ' + family;"
          + " pen.clearRect(0, 0, 40, 40); pen.fillText(character, 4, 4);"
          + " return pen.getImageData(0, 0, 40, 40).data.join(); };"
          + "const boxes = new Map();"
          + "const hasGlyph = (character, family) => {"
          + " if (!boxes.has(family)) boxes.set(family, drawn('\\uE124', family));"
          + " return drawn(character, family) !== boxes.get(family); };";

  /** Whether Japanese can be drawn: a sign that a font for Japanese is installed. */
  static final String HAS_KANJI =
      "(() => { "
          + GLYPHS
          + "return hasGlyph('\u5b66', getComputedStyle(document.body).fontFamily); })()";

  /** Characters of the page's texts that no font has, with the texts that they stand in. */
  static final String MISSING_GLYPHS =
      "(() => { "
          + GLYPHS
          + "const seen = new Set(); const missing = [];"
          + "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
          + "while (walker.nextNode()) { const text = walker.currentNode.textContent;"
          + " const e = walker.currentNode.parentElement;"
          + " if (e.matches('script')) continue;"
          + " const family = getComputedStyle(e).fontFamily;"
          + " for (const character of text) { const key = character + family;"
          + " if (/\\s/.test(character) || seen.has(key)) continue;"
          + " seen.add(key);"
          + " if (!hasGlyph(character, family)) missing.push('U+'"
          + " + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')"
          + " + ' in ' + text.slice(0, 60)); } }"
          + "return missing; })()";
}
