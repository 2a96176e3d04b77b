/** jsdom draws nothing; what a chart says is in its table, and how it looks is looked at in a real browser. */
export default class NoPlot {
  static paths = {};
  setData() {}
  setSize() {}
  redraw() {}
  destroy() {}
}
