package dev.tributary.broker.extension;

import java.util.List;

/**
 * One thing that a client may do; what no grant covers is denied.
 *
 * @param filter topic filter
 */
record Grant(Activity activity, String filter) {
    /** What a grant is about. */
    enum Activity {
        SUBSCRIBE,
        /** Publish without the retain flag. */
        PUBLISH,
        /** Publish with or without the retain flag. */
        PUBLISH_RETAINED
    }

    private static final String ROOT = "tributary/v1/";

    /** Everything that a client of a role and an id may do; the id has the syntax of {@link Role#of}. */
    static List<Grant> of(Role role, String clientId) {
        return switch (role) {
            case DEVICE -> device(clientId);
            case COORDINATOR -> coordinator(clientId);
            case MONITOR -> List.of(subscribe("#"));
        };
    }

    private static List<Grant> device(String device) {
        return List.of(
                publish("+/update/+/" + device),
                publish("+/prediction/" + device),
                publish("metrics/" + device),
                publish("probe/" + device),
                retain("presence/" + device),
                subscribe("+/spec"),
                subscribe("+/model"),
                subscribe("+/model/delta"),
                subscribe("+/round"),
                subscribe("+/receipt/" + device),
                subscribe("probe/" + device));
    }

    private static List<Grant> coordinator(String clientId) {
        return List.of(
                retain("+/spec"),
                retain("+/model"),
                retain("+/model/delta"),
                retain("+/round"),
                publish("+/receipt/+"),
                publish("probe/" + clientId),
                subscribe("+/spec"),
                subscribe("+/model"),
                subscribe("+/model/delta"),
                subscribe("+/round"),
                subscribe("+/update/#"),
                subscribe("+/prediction/+"),
                subscribe("metrics/+"),
                subscribe("presence/+"),
                subscribe("probe/" + clientId));
    }

    private static Grant subscribe(String filter) {
        return new Grant(Activity.SUBSCRIBE, ROOT + filter);
    }

    private static Grant publish(String filter) {
        return new Grant(Activity.PUBLISH, ROOT + filter);
    }

    private static Grant retain(String filter) {
        return new Grant(Activity.PUBLISH_RETAINED, ROOT + filter);
    }
}
