package dev.tributary.demo.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StderrTailTest {
    private final StderrTail tail = new StderrTail();

    @Test
    void lastWords_nothingSaid_isEmpty() {
        assertThat(tail.lastWords()).isEmpty();
    }

    @Test
    void lastWords_afterAStackTrace_isItsLastCause() {
        tail.add("Exception in thread \"main\" java.lang.IllegalStateException: outer");
        tail.add("\tat a.B.c(B.java:1)");
        tail.add("Caused by: java.io.IOException: inner");
        tail.add("\tat a.B.c(B.java:2)");
        tail.add("\t... 3 more");
        assertThat(tail.lastWords()).isEqualTo("Caused by: java.io.IOException: inner");
    }

    @Test
    void lastWords_everydayNewsAfterAnError_isTheErrorWithoutTimeAndLevel() {
        tail.add("2026-11-23T10:00:00.000Z ERROR Main: the disk is full");
        tail.add("2026-11-23T10:00:00.100Z INFO  Main: stopped");
        assertThat(tail.lastWords()).isEqualTo("Main: the disk is full");
    }

    @Test
    void lastWords_onlyNews_isTheLastOfIt() {
        tail.add("2026-11-23T10:00:00.100Z INFO  Main: started");
        tail.add("2026-11-23T10:00:01.100Z INFO  Main: stopped");
        tail.add("");
        assertThat(tail.lastWords()).isEqualTo("Main: stopped");
    }

    @Test
    void add_manyLines_keepsTheLast60() {
        for (int i = 0; i < 1000; i++) {
            tail.add("line " + i);
        }
        assertThat(tail.text().lines()).hasSize(60).last().isEqualTo("line 999");
    }
}
