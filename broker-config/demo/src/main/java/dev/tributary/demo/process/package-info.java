/** Child processes that are watched, and that never outlive this one. */
package dev.tributary.demo.process;
