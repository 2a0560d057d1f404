/** The coordinator's processes: configuration in, everything wired by constructor, signals handled. */
package dev.tributary.coordinator.app;
