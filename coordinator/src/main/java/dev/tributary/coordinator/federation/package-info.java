/** What a federation is: its file, its schema, its plan, and when it has learned enough. */
package dev.tributary.coordinator.federation;
