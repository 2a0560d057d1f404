package dev.tributary.wire;

import com.google.protobuf.ProtocolMessageEnum;
import dev.tributary.protocol.MalformedMessageException;

/** Domain enums to wire enums and back: constant {@code A_B} is {@code PREFIX_A_B}, its number is its place from 1. */
final class Enums {
    private Enums() {}

    static <D extends Enum<D>> D fromWire(String field, ProtocolMessageEnum wire, D[] values) {
        int number = wire instanceof Enum<?> constant && constant.name().equals("UNRECOGNIZED") ? 0 : wire.getNumber();
        if (number < 1 || number > values.length) {
            throw new MalformedMessageException(field + " must be one of the " + values.length + " known values, was "
                    + (number == 0 ? "unknown" : number));
        }
        return values[number - 1];
    }

    @SuppressWarnings("EnumOrdinal") // the golden files hold the order still
    static int toWire(Enum<?> domain) {
        return domain.ordinal() + 1;
    }
}
