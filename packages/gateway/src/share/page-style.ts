/** The style of share pages: one column, readable at 360 px, light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5a6169; --back: #f4f5f7; --card: #ffffff; --line: #8b929a; --act: #1257b8; --on-act: #ffffff; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef0; --soft: #a9b1b9; --back: #111315; --card: #1b1e21; --line: #767e86; --act: #8ab8ff; --on-act: #0a1c33; --bad: #ff9b93; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: start center; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; padding: 1rem; }
main { width: 100%; max-width: 48rem; margin-top: min(12vh, 6rem); padding: 1.25rem; background: var(--card); border-radius: 0.75rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.2; }
p { margin: 0 0 1rem; color: var(--soft); }
#status:empty { display: none; }
#status, .wrong { margin: 0.75rem 0 0; }
.wrong { color: var(--bad); }
label { display: block; margin-bottom: 0.25rem; }
input { width: 100%; max-width: 20rem; display: block; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 0.5rem; }
button, .button { display: inline-block; min-height: 2.75rem; margin-top: 1rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600; line-height: 1.75rem; text-decoration: none; color: var(--on-act); background: var(--act); border: 0; border-radius: 0.5rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
audio, video, img, iframe { display: block; width: 100%; max-width: 100%; border: 0; }
video, img { height: auto; max-height: 70vh; object-fit: contain; border-radius: 0.5rem; }
img { width: auto; }
iframe { height: 70vh; border: 1px solid var(--line); border-radius: 0.5rem; }
`;
