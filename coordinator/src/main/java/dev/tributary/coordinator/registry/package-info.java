/** Which devices a federation has, which are online, and which may take part. */
package dev.tributary.coordinator.registry;
