/** What a person and a program read of a run. */
package dev.tributary.chaos.report;
