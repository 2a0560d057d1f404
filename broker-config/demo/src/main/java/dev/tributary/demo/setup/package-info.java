/** What a run needs before it starts: what the fleet consists of, configuration files, free ports. */
package dev.tributary.demo.setup;
