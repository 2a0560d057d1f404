/**
 * Readings as flat rows of named columns, kept in memory or in a bounded store on disk, mapped by name to a federation's
 * schema when a round asks for them, and split into a train part and a test part.
 */
package dev.tributary.agent.examples;
