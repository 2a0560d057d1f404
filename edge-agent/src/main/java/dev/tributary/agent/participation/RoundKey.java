package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What makes two announcements the same call. The number alone does not: a coordinator that begins anew counts from 1
 * again.
 */
record RoundKey(RoundId round, RoundKind kind, long baseVersion, Bytes fingerprint, Bytes nonce) {
    static RoundKey of(RoundAnnouncement call) {
        return new RoundKey(call.round(), call.kind(), call.baseVersion(), call.fingerprint(), call.nonce());
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(round.number());
        out.writeInt(round.attempt());
        out.writeUTF(kind.name());
        out.writeLong(baseVersion);
        Answer.writeBytes(out, fingerprint);
        Answer.writeBytes(out, nonce);
    }

    static RoundKey readFrom(DataInputStream in) throws IOException {
        return new RoundKey(
                new RoundId(in.readLong(), in.readInt()),
                RoundKind.valueOf(in.readUTF()),
                in.readLong(),
                Answer.readBytes(in),
                Answer.readBytes(in));
    }
}
