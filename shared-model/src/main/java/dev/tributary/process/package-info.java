/**
 * What every process of Tributary has besides its work: a log of one line per record, meters, a small HTTP server for
 * meters and health, and one way to be told to stop.
 */
package dev.tributary.process;
