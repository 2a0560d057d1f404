/** The command {@code tributary demo}: it starts broker, coordinator and fleet, and tells what they do. */
package dev.tributary.demo.app;
