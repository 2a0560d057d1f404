/**
 * What devices contributed, summed: every round is a sum, folded in on arrival and forgotten, the same bits in any order
 * and grouping. Values in raw units (moments, evaluations), and deltas of which some may be Byzantine, are kept until the
 * round closes and put together in device order.
 */
package dev.tributary.coordinator.aggregation;
