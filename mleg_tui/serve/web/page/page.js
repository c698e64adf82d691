// The terminal comes from textual.js, which begins when the page has loaded. It measures its
// letters once, so the font has to be there before; and it connects to where we tell it.
const terminal = document.getElementById("terminal");
const socket = new URL("ws", location.href);
socket.protocol = socket.protocol === "https:" ? "wss:" : "ws:";
terminal.dataset.sessionWebsocketUrl = socket.href;

const begin = window.onload;
window.onload = async (event) => {
  await document.fonts.load('16px "Roboto Mono"');
  begin(event);
  document.querySelector(".xterm-helper-textarea").focus();
};
