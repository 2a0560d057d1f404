/**
 * Domain messages to bytes and back, and the names of topics. The generated protobuf classes stay behind this package;
 * every limit is checked before memory is allocated for what a message claims.
 */
package dev.tributary.wire;
