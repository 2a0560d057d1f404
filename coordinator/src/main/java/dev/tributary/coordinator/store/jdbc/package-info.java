/**
 * The store in a database: a SQLite file, or a PostgreSQL server by another address, with the same tables
 * ({@code V1__….sql}) and the same statements. {@link dev.tributary.coordinator.store.jdbc.Database} opens one; each
 * {@code …Table} knows the statements of one table, and {@code Commit} the order in which changes are written.
 */
package dev.tributary.coordinator.store.jdbc;
