package dev.tributary.agent.store;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows and column lists as bytes: position, label, number of the column list, values as float64. */
final class RowBytes {
    private RowBytes() {}

    static byte[] of(Row row, int columnsNumber, String position) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(position);
            out.writeBoolean(row.label().isPresent());
            out.writeUTF(row.label().orElse(""));
            out.writeInt(columnsNumber);
            for (int i = 0; i < row.columns().names().size(); i++) {
                out.writeDouble(row.value(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String position(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            return in.readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Row row(byte[] stored, List<Columns> columnLists) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            in.readUTF();
            boolean labelled = in.readBoolean();
            String label = in.readUTF();
            Columns columns = columnLists.get(in.readInt());
            double[] values = new double[columns.names().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readDouble();
            }
            return Row.of(columns, values, labelled ? Optional.of(label) : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] of(Columns columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(columns.names().size());
            for (String name : columns.names()) {
                out.writeUTF(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Columns columns(byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            List<String> names = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                names.add(in.readUTF());
            }
            return new Columns(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
