/** Whether an update may count: a refusal is a value with a code and a reason, never an exception. */
package dev.tributary.coordinator.admission;
