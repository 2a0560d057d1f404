/** The step from the mean delta of a round to the next global weights. */
package dev.tributary.coordinator.optimizer;
