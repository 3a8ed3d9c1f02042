package dev.stagecoach.bench.rival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Writes what was counted as CSV: kind, account, day, feature, count. */
final class Dump {

    private final KafkaStreams streams;

    Dump(KafkaStreams streams) {
        this.streams = streams;
    }

    void write(Path file) throws IOException {
        var counts = streams.store(StoreQueryParameters.fromNameAndType(
                CountUsage.COUNTS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore()));
        try (var printer = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.POSTGRESQL_CSV);
                var all = counts.all()) {
            all.forEachRemaining(entry -> print(printer, entry.key, entry.value));
        }
    }

    private static void print(CSVPrinter printer, Bytes key, byte[] value) {
        var rest = StoreKeys.rest(key);
        var kind = kind(rest.get());
        var day = LocalDate.ofEpochDay(rest.getInt());
        try {
            printer.printRecord(
                    kind,
                    StoreKeys.account(key),
                    day,
                    StoreKeys.text(rest),
                    ByteBuffer.wrap(value).getLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kind(byte kind) {
        return switch (kind) {
            case StoreKeys.DAY_USERS -> "day-users";
            case StoreKeys.MONTH_USERS -> "month-users";
            case StoreKeys.DAY_FEATURE -> "day-features";
            default -> throw new IllegalStateException("a key of kind " + kind);
        };
    }
}
