/** What coordinator and fleet tell on their standard output, one JSON object a line, as types. */
package dev.tributary.demo.event;
