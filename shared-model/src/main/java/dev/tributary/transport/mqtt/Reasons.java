package dev.tributary.transport.mqtt;

import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Why a connection ended, in words for an operator. */
final class Reasons {
    /** DISCONNECT reason 0x8E: another client connected with the same id. */
    static final int SESSION_TAKEN_OVER = 142;

    private Reasons() {}

    static String of(MqttDisconnectResponse response) {
        if (response.getException() != null) {
            return of(response.getException());
        }
        String text = response.getReasonString() == null ? "" : ": " + response.getReasonString();
        return "broker disconnected with reason " + named(response.getReturnCode()) + text;
    }

    static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof MqttException mqtt && mqtt.getReasonCode() > 0 && mqtt.getReasonCode() < 256) {
            return "broker refused with reason " + named(mqtt.getReasonCode());
        }
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (cause == null) {
            return text;
        }
        String inner = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.equals(inner) ? text : text + " (" + inner + ")";
    }

    static String named(int code) {
        return switch (code) {
            case 0x80 -> "128, unspecified error";
            case 0x85 -> "133, client id not valid";
            case 0x86 -> "134, bad user name or password";
            case 0x87 -> "135, not authorised";
            case 0x88 -> "136, server unavailable";
            case 0x89 -> "137, server busy";
            case 0x8B -> "139, server shutting down";
            case 0x8D -> "141, keep-alive timeout";
            case SESSION_TAKEN_OVER -> "142, session taken over: another client uses the same id";
            case 0x93 -> "147, receive maximum exceeded";
            case 0x95 -> "149, packet too large";
            case 0x97 -> "151, quota exceeded";
            default -> Integer.toString(code);
        };
    }
}
