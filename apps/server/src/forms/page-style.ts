/** Style of the public pages. They load nothing of the app, so that they come at once and say nothing of it. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: oklch(0.974 0.003 80); --sheet: oklch(1 0 0); --text: oklch(0.24 0.006 80); --text-2: oklch(0.415 0.009 80);
  --line: oklch(0.906 0.005 80); --control: oklch(0.66 0.008 80); --accent: oklch(0.515 0.19 262);
  --accent-hover: oklch(0.475 0.19 262); --on-accent: oklch(1 0 0); --bad: oklch(0.5 0.185 27);
  --bad-soft: oklch(0.968 0.015 25); --soft: oklch(0.962 0.017 262);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: oklch(0.175 0.005 80); --sheet: oklch(0.205 0.005 80); --text: oklch(0.955 0.004 80);
    --text-2: oklch(0.78 0.006 80); --line: oklch(0.325 0.008 80); --control: oklch(0.55 0.009 80);
    --accent: oklch(0.72 0.13 262); --accent-hover: oklch(0.77 0.12 262); --on-accent: oklch(0.175 0.005 80);
    --bad: oklch(0.76 0.14 25); --bad-soft: oklch(0.27 0.05 25); --soft: oklch(0.28 0.05 262);
  }
}
* { box-sizing: border-box; }
html { background: var(--page); }
html:has(.framed) { background: transparent; }
body {
  margin: 0; color: var(--text); line-height: 22px; overflow-wrap: anywhere;
  font: 420 15px/22px Inter, "Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
}
main {
  max-width: 560px; margin: 48px auto; padding: 32px; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 12px;
}
.framed main { max-width: none; margin: 0; border: 0; border-radius: 0; padding: 16px; }
@media (max-width: 600px) {
  .alone main { margin: 0; min-height: 100vh; border: 0; border-radius: 0; padding: 24px 16px; }
}
h1 { margin: 0 0 12px; font-size: 22px; line-height: 28px; font-weight: 600; letter-spacing: -0.014em; }
h2 { margin: 24px 0 8px; font-size: 15px; line-height: 22px; font-weight: 600; }
.intro, .said { margin: 0 0 12px; color: var(--text-2); }
.q { margin: 20px 0; }
label { display: block; margin-bottom: 4px; font-weight: 520; }
.optional { color: var(--text-2); font-weight: 420; }
.help { margin: 0 0 6px; color: var(--text-2); font-size: 14px; line-height: 20px; }
input:not([type="checkbox"]), select, textarea {
  width: 100%; min-height: 40px; padding: 8px 12px; color: inherit; font: inherit; background: var(--sheet);
  border: 1px solid var(--control); border-radius: 8px;
}
textarea { resize: vertical; }
input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible, .notice:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px;
}
.wrong input:not([type="checkbox"]), .wrong select, .wrong textarea { border-color: var(--bad); }
.error { margin: 6px 0 0; color: var(--bad); font-size: 14px; line-height: 20px; }
.box { display: flex; gap: 12px; align-items: flex-start; }
.box input { flex: none; width: 20px; height: 20px; margin: 1px 0 0; accent-color: var(--accent); }
.box label { margin: 0; font-weight: 420; }
.written { margin: 0; border-top: 1px solid var(--line); }
.written dt { margin-top: 12px; color: var(--text-2); font-size: 14px; line-height: 20px; }
.written dd { margin: 0; padding-bottom: 12px; white-space: pre-wrap; border-bottom: 1px solid var(--line); }
.notice { margin: 16px 0; padding: 12px 16px; border-radius: 8px; background: var(--soft); }
.notice.bad { background: var(--bad-soft); }
.notice p { margin: 0; }
.notice ul { margin: 8px 0 0; padding-inline-start: 20px; }
.notice ul:empty { display: none; }
.notice a { color: inherit; }
button, .button {
  display: inline-block; min-height: 44px; padding: 10px 20px; color: var(--on-accent); font: inherit; font-weight: 520;
  text-decoration: none; background: var(--accent); border: 0; border-radius: 8px; cursor: pointer;
}
button:hover, .button:hover { background: var(--accent-hover); }
.away { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
`;
