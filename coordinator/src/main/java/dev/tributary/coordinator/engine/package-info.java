/**
 * Carries out what {@code round} decides: messages in, sums folded, versions committed, messages out. One thread owns one
 * federation; everybody else only enqueues.
 */
package dev.tributary.coordinator.engine;
