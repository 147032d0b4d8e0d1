// Makes servers listen on the loopback interface if they name no address: the packages of the PDS do not, and
// Node then listens on all interfaces.
const { Server } = require("node:net");

const { listen } = Server.prototype;
Server.prototype.listen = function (first, ...others) {
  if (typeof first === "number" && typeof others[0] !== "string") {
    return listen.call(this, first, "127.0.0.1", ...others);
  }
  return listen.call(this, first, ...others);
};
