/** What an operator sees of the coordinator: meters with few tags, a federation's name among them, never a device's. */
package dev.tributary.coordinator.metrics;
