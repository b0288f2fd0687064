import { render } from "preact";
import { App } from "./app.js";
import "./styles/theme.css";
import "./styles/page.css";
import "./styles/controls.css";
import "./styles/forms.css";
import "./styles/media.css";
import "./styles/journal.css";

const place = document.getElementById("app");
if (place === null) throw new TypeError("The page has a place for the app.");
render(<App />, place);
