package dev.tributary.chaos.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All that one run left behind. */
public record Evidence(String federation, Journals journals, List<CapturedUpdate> capture, Records records) {
    public Evidence {
        capture = List.copyOf(capture);
    }

    /**
     * Reads everything.
     *
     * @param journals the folder of the devices' journals
     */
    public static Evidence read(String federation, Path journals, Path capture, Path database) throws IOException {
        return new Evidence(
                federation,
                JournalFiles.read(journals),
                CaptureFile.read(capture),
                new CoordinatorDatabase(database).read(federation));
    }
}
