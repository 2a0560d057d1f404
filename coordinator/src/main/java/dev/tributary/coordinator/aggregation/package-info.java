/**
 * What devices contributed, summed: every round is a sum, folded in on arrival and forgotten, the same bits in any order
 * and grouping. Values in raw units (moments, evaluations) are kept until the round closes and merged in device order.
 */
package dev.tributary.coordinator.aggregation;
