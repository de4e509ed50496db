import "../shared/base.css";
import "../report/report.css";
import "./dashboard.css";
import { showBoard } from "./board";
import { showSweep } from "./sweep";

const id = document.body.dataset.sweep;
if (id) showSweep(document.body, id);
else showBoard(document.body);
