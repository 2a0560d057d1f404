/** What the demonstration shows: a line for each round, a summary, one JSON object. */
package dev.tributary.demo.report;
