/**
 * A federation's workflow as a pure state machine: {@code (state, event, now) → (state, effects)}. It knows no clock, no
 * network and no model; it decides when rounds open, close, are abandoned and tried again, and when the federation ends.
 */
package dev.tributary.coordinator.round;
