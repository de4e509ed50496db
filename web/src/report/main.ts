import "./report.css";

document.documentElement.classList.add("interactive");
