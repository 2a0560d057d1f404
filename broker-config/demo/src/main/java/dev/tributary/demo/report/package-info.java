/** How a run looks: one line for each round, a table at the end, one JSON object for programs. Pure text from values. */
package dev.tributary.demo.report;
