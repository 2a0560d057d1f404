package dev.tributary.broker;

/** An expected reason why the broker does not run, whose message is one line for the user. */
final class BrokerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    BrokerFailure(String message) {
        super(message);
    }

    BrokerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
