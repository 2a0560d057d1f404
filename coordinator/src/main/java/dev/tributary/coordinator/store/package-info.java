/** What a coordinator must not forget: federations, rounds with their contributors, model versions with their lineage, metrics. */
package dev.tributary.coordinator.store;
