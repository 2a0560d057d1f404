/**
 * Readings in: sources that read files and streams, and the check that counts bad readings by reason and lets none of them
 * into the store.
 */
package dev.tributary.agent.sensor;
