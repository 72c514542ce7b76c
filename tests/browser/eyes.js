// What one sees of a page, wherever in it a shadow begins; `eyes.py` asks.

(() => {
  const within = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
  const above = (one) => one.assignedSlot ?? one.parentElement ?? one.getRootNode().host ?? null;
  const up = (one) => (one ? [one, ...up(above(one))] : []);
  const under = (one, selector) => up(one).some((each) => each.matches(selector));
  /** Whether something is there to be heard alone: by its class, or at some widths by the same style. */
  const heardAlone = (one) => one.matches(".unseen, [aria-hidden=true]") || getComputedStyle(one).clipPath === "inset(50%)";
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !up(one).some(heardAlone);
  const says = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const named = (one) =>
    `${one.localName}.${one.getAttribute("class") ?? ""}: ${(one.innerText ?? one.textContent).trim().slice(0, 50)}`;
  const all = (inside) => within(inside ? document.querySelector(inside).shadowRoot : document);
  const active = () => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return one;
  };

  /** Whether what an element holds is larger than what is shown of it, and cannot be scrolled to. */
  function isCut(one) {
    const { overflowX, overflowY } = getComputedStyle(one);
    const cut = (how, whole, shown) => /hidden|clip/.test(how) && whole > shown + 1;
    return cut(overflowX, one.scrollWidth, one.clientWidth) || cut(overflowY, one.scrollHeight, one.clientHeight);
  }

  /** Whether an element reaches over the side of the page, or of something that shows no more of it. */
  function isOffSide(one) {
    const { left, right } = one.getBoundingClientRect();
    const around = up(above(one)).filter((each) => getComputedStyle(each).overflowX !== "visible");
    if (around.some((each) => /auto|scroll/.test(getComputedStyle(each).overflowX))) return false;
    const edges = around.map((each) => each.getBoundingClientRect()).filter(({ width }) => width > 0);
    const [first, last] = [Math.max(0, ...edges.map((edge) => edge.left)), Math.min(innerWidth, ...edges.map((edge) => edge.right))];
    return right > last + 1 || left < first - 1;
  }

  /** What lies off the side of a page, or is cut, or above or below a sheet of the screen. */
  function off(inside) {
    const words = all(inside).filter((one) => (says(one) || one.matches("input, textarea, select")) && seen(one));
    const wide = document.documentElement.scrollWidth;
    const turned = words.filter((one) => under(one, ".sheets"));
    const beyond = (one) => {
      const wall = up(one).find((each) => each.matches(".sheets")).getBoundingClientRect();
      const { top, bottom } = one.getBoundingClientRect();
      return bottom > wall.bottom + 1 || top < wall.top - 1;
    };
    const flat = words.filter((one) => !turned.includes(one));
    return [
      ...(wide > innerWidth ? [`the page is ${wide} wide`] : []),
      ...flat.filter(isOffSide).map((one) => `off the side: ${named(one)}`),
      ...flat.filter(isCut).map((one) => `cut: ${named(one)}`),
      ...turned.filter(beyond).map((one) => `not on its sheet: ${named(one)}`),
    ];
  }

  /** What a finger may press and would not hit. */
  function small(least) {
    const pressed = "button, input:not([type=hidden]), select, textarea, summary, a.button";
    const boxes = (one) => [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect());
    const isSmall = (one) =>
      Math.max(...boxes(one).map(({ height }) => height)) < least || Math.max(...boxes(one).map(({ width }) => width)) < least;
    return all().filter((one) => one.matches(pressed) && seen(one) && isSmall(one)).map(named);
  }

  /** The smallest letters that are seen, in pixels, with what they say. */
  function smallest() {
    const words = all().filter((one) => says(one) && seen(one));
    const sizes = words.map((one) => [parseFloat(getComputedStyle(one).fontSize), named(one)]);
    return sizes.sort(([one], [other]) => one - other)[0];
  }

  /** Begins to press Tab: what there is to reach. */
  function begin(inside) {
    const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const groups = new Set();
    window.reachable = all(inside).filter((one) => {
      if (!one.matches(can) || one.disabled || !seen(one) || one.tabIndex < 0) return false;
      if (one.type !== "radio") return true;
      const first = !groups.has(one.name);
      groups.add(one.name);
      return first;
    });
    const start = inside ? document.querySelector(inside) : document.body;
    start.tabIndex = -1; // Tab goes on from here
    start.focus({ preventScroll: true });
    start.removeAttribute("tabindex");
    return window.reachable.map(named);
  }

  /** Which of what there is to reach has the focus, and whether one sees that. */
  function now() {
    const here = active();
    const same = (one) => one === here || (here?.type === "radio" && one.type === "radio" && one.name === here.name);
    const ringed = (one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    };
    const shows = !here?.matches(":focus-visible") || [here, here.parentElement, here.closest("label")].some((one) => one && ringed(one));
    return [window.reachable.findIndex(same), shows];
  }

  return { off, small, smallest, begin, now };
})()
