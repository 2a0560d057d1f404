/** The processes of a run, known by their command lines, their files and what they print; started, broken and mended one by one. */
package dev.tributary.chaos.stage;
