/**
 * The only two scripts of the public pages. They stand on other people's sites and are as small as can be; without them
 * a form works all the same.
 */

/**
 * Puts a form's page into a frame where its own tag stands, hands over where the visitor came from, and gives the frame
 * the height of what is in it. It believes only messages of that frame from this server.
 */
export const embedScript = `(() => {
  'use strict';
  const script = document.currentScript;
  if (!script) return;
  const page = script.src.replace(/\\/embed\\.js.*$/, '');
  const origin = new URL(page).origin;
  const here = new URLSearchParams(location.search);
  const query = new URLSearchParams({ host: location.origin, landing_page: (location.origin + location.pathname).slice(0, 1500) });
  for (const name of ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content']) {
    const value = here.get(name);
    if (value) query.set(name, value.slice(0, 300));
  }
  if (document.referrer) query.set('referrer', document.referrer.slice(0, 1500));
  const frame = document.createElement('iframe');
  frame.src = page + '?' + query;
  frame.title = script.dataset.title || 'Form';
  frame.style.cssText = 'display:block;width:100%;height:480px;border:0';
  script.after(frame);
  addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const said = event.data && event.data.rapportForm;
    if (!said) return;
    if (typeof said.height === 'number') frame.style.height = Math.min(10000, Math.max(80, said.height)) + 'px';
    if (typeof said.redirect === 'string' && /^https?:\\/\\//i.test(said.redirect)) location.assign(said.redirect);
  });
})();
`;

/** In the frame: tells the page around it, and nobody else, how high it is. */
export const framedScript = `(() => {
  'use strict';
  const { host, redirect } = document.currentScript.dataset;
  if (parent === window || !host) return;
  const say = (message) => parent.postMessage({ rapportForm: message }, host);
  const tell = () => say({ height: Math.ceil(document.querySelector('main').getBoundingClientRect().height) });
  new ResizeObserver(tell).observe(document.querySelector('main'));
  tell();
  if (redirect) say({ redirect });
})();
`;
