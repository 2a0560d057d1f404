/**
 * The one file on the device's disk: examples and state in an H2 MVStore, which a kill at any moment leaves readable. A
 * full disk is an {@link java.io.UncheckedIOException} here and never ends the process.
 */
package dev.tributary.agent.store;
