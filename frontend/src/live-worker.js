// Shared by all tabs: browsers allow six connections to one server, so ten open cases may not hold ten streams.
import { Stream } from "./stream.js";

const tabs = new Set();
let stream = null;

const tellAll = (message) => tabs.forEach((tab) => tab.postMessage(message));

self.onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.onmessage = ({ data }) => {
    if (data.leave) tabs.delete(tab);
    if (data.address) stream ??= new Stream(data.address, tellAll);
    if (data.address && stream.up === false) tab.postMessage({ kind: "state", up: false });
  };
};
