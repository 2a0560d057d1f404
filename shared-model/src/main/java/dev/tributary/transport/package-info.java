/**
 * The port to the broker: publish, subscribe, acknowledge, at least once, with a deterministic in-memory twin. Nothing
 * here blocks, and nothing is lost when a connection is.
 */
package dev.tributary.transport;
