package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final Subscriptions subscriptions = new Subscriptions();

    @BeforeEach
    void connect() {
        subscriptions.connected(false);
    }

    private void subscribeTo(String filter) {
        subscriptions.want(filter);
        assertThat(subscriptions.ask()).containsExactly(filter);
        subscriptions.answered(filter, true);
    }

    @Test
    void ask_confirmedInAResumedSession_asksForNothing() {
        subscribeTo("a");
        subscriptions.connected(true);
        assertThat(subscriptions.ask()).isEmpty();
        subscriptions.connected(false);
        assertThat(subscriptions.ask()).containsExactly("a");
    }

    @Test
    void ask_refused_asksOnTheNextConnectionAlone() {
        subscriptions.want("a");
        subscriptions.ask();
        subscriptions.answered("a", false);
        assertThat(subscriptions.ask()).isEmpty();
        subscriptions.connected(true);
        assertThat(subscriptions.ask()).containsExactly("a");
    }

    @Test
    void drop_unansweredWhenTheConnectionEnded_isGivenUpAgain() {
        subscribeTo("a");
        subscriptions.unwant("a");
        assertThat(subscriptions.drop()).containsExactly("a");
        assertThat(subscriptions.drop()).isEmpty();
        subscriptions.connected(true);
        assertThat(subscriptions.drop()).containsExactly("a");
        subscriptions.gone("a");
        subscriptions.connected(true);
        assertThat(subscriptions.drop()).isEmpty();
    }

    @Test
    void drop_subscriptionThatWasNeverAnswered_isGivenUpInTheResumedSession() {
        subscriptions.want("a");
        subscriptions.ask();
        subscriptions.connected(true);
        subscriptions.unwant("a");
        assertThat(subscriptions.drop()).containsExactly("a");
    }

    @Test
    void drop_sessionLost_hasNothingToGiveUp() {
        subscribeTo("a");
        subscriptions.unwant("a");
        subscriptions.connected(false);
        assertThat(subscriptions.drop()).isEmpty();
    }

    @Test
    void answered_askedAgainSince_onlyTheLastAnswerProvesIt() {
        subscriptions.want("a");
        subscriptions.ask();
        subscriptions.unwant("a");
        subscriptions.drop();
        subscriptions.want("a");
        assertThat(subscriptions.ask()).containsExactly("a");
        subscriptions.answered("a", true);
        subscriptions.gone("a");
        subscriptions.connected(true);
        assertThat(subscriptions.ask()).containsExactly("a");
        subscriptions.answered("a", true);
        subscriptions.connected(true);
        assertThat(subscriptions.ask()).isEmpty();
    }
}
