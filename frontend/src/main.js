// What every desk page runs. Parts that few pages need (board, Alpine) are fetched where they are used.
import "./exchange.js";
import "./sheets.js";
import "./menus.js";
import "./toasts.js";
import "./keys.js";
import "./rows.js";
import "./ticks.js";
import "./palette.js";
import "./drafts.js";
import "./submits.js";
import "./times.js";
import "./preferences.js";
import "./live.js";
import "./composer.js";
import "./caller.js";
import "./registration.js";
import "./placeholders.js";
import "./finding.js";
import "./folds.js";
import "./tabs.js";
import { whenShown } from "./page.js";

whenShown("[data-board]", async (boards) => {
  const { prepareBoard } = await import("./board.js");
  boards.forEach(prepareBoard);
});

whenShown("[data-wall]", async (walls) => {
  const { prepareWall } = await import("./wall.js");
  walls.forEach(prepareWall);
});

let alpine = null;
whenShown("[x-data]", async () => {
  alpine ??= import("./alpine.js");
  await alpine;
});
