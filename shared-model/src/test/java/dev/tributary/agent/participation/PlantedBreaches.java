package dev.tributary.agent.participation;

import dev.tributary.wire.proto.Signed;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.Socket;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.tribuo.Model;

/** One breach of each rule, in a package that must be pure, so that the rules are seen to fail. */
public final class PlantedBreaches {
    private PlantedBreaches() {}

    /** Knows the network. */
    public static final class OpensASocket {
        /** Opens it. */
        public Socket open() {
            return new Socket();
        }
    }

    /** Reads a clock. */
    public static final class ReadsTheClock {
        /** Reads it. */
        public long read() {
            return System.nanoTime();
        }
    }

    /** Knows a generated class. */
    public record HoldsAGeneratedClass(Signed signed) {}

    /** Knows Tribuo. */
    public record HoldsATribuoModel(Model<?> model) {}

    /** Knows Paho. */
    public record HoldsAPahoClient(MqttClient client) {}

    /** Deserialises. */
    public static final class ReadsObjects {
        /** Reads one. */
        public Object read(ObjectInputStream in) throws IOException, ClassNotFoundException {
            return in.readObject();
        }
    }

    /** Ends the process. */
    public static final class Exits {
        /** Ends it. */
        public void exit() {
            System.exit(3);
        }
    }
}
