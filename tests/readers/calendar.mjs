// SPDX-License-Identifier: GPL-3.0-or-later
// calendar.mjs READERS FILE: reads an iCalendar file with ical.js, installed below READERS, and prints its events as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [readers, file] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(`${readers}/node_modules/ical.js/dist/ical.js`));

ICAL.design.strict = true;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
if (calendar.name !== "vcalendar" || calendar.getFirstPropertyValue("version") !== "2.0")
    throw new Error("this is no calendar of version 2.0");

const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
        uid: event.uid,
        summary: event.summary,
        description: event.description,
        start: event.startDate.toString(),
        allDay: event.startDate.isDate,
        end: event.endDate.toString(),
        stamp: component.getFirstPropertyValue("dtstamp").toString(),
        free: component.getFirstPropertyValue("transp") === "TRANSPARENT",
        alarms: component.getAllSubcomponents("valarm").map((alarm) => ({
            action: alarm.getFirstPropertyValue("action"),
            secondsBefore: -alarm.getFirstPropertyValue("trigger").toSeconds(),
            description: alarm.getFirstPropertyValue("description"),
        })),
    };
});
console.log(JSON.stringify(events));
