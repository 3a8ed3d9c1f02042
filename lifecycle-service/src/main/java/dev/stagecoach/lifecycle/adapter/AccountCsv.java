package dev.stagecoach.lifecycle.adapter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagecoach.events.EventCodec;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Accounts as a table, one a line, under a header with the names of the facts. Products and instances are separated by
 * semicolons, the owners have a column each. An empty cell is a fact that is not known.
 *
 * @param errors what is wrong with lines that are no rows, by line
 */
record AccountCsv(List<Row> rows, SortedMap<Long, String> errors) {
    private static final Set<String> TEXTS =
            Set.of("name", "segment", "expectedCloseOn", "contractClosedOn", "renewsOn", "extendedUntil", "timezone");
    private static final Set<String> NUMBERS = Set.of("seats", "addressableUsers");
    private static final Set<String> LISTS = Set.of("products", "instances");
    private static final Set<String> OWNERS = Set.of("technicalAdvisor", "accountExecutive");
    private static final String ACCOUNT = "account";
    private static final String UNLIMITED = "unlimitedSeats";

    /** One account as the JSON that the API takes, and the line on which it ends. */
    record Row(long line, String account, ObjectNode json) {}

    /**
     * Reads a whole file.
     *
     * @throws ProblemException 400 when it has no header that we know
     */
    static AccountCsv read(byte[] body) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .get();
        List<Row> rows = new ArrayList<>();
        SortedMap<Long, String> errors = new TreeMap<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text(body)), format)) {
            checkHeader(parser.getHeaderNames());
            for (CSVRecord line : parser) {
                try {
                    rows.add(row(parser.getCurrentLineNumber(), line));
                } catch (ProblemException e) {
                    errors.put(parser.getCurrentLineNumber(), String.valueOf(e.getMessage()));
                }
            }
        } catch (UncheckedIOException | IOException | IllegalArgumentException e) {
            if (rows.isEmpty()) {
                throw ProblemException.badRequest("the file is not CSV: " + e.getMessage());
            }
            errors.put(rows.get(rows.size() - 1).line() + 1, "nothing from here on could be read: " + e.getMessage());
        }
        return new AccountCsv(rows, errors);
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            // Spreadsheets put a byte order mark in front.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest("the file is not UTF-8: save it as CSV UTF-8");
        }
    }

    private static void checkHeader(List<String> header) {
        Set<String> known = new TreeSet<>(TEXTS);
        known.addAll(NUMBERS);
        known.addAll(LISTS);
        known.addAll(OWNERS);
        known.add(ACCOUNT);
        known.add(UNLIMITED);
        for (String column : header) {
            if (!known.contains(column)) {
                throw ProblemException.badRequest(
                        "header: " + column + " (expected: " + String.join(", ", known) + ")");
            }
        }
        if (!header.contains(ACCOUNT)) {
            throw ProblemException.badRequest("header: there is no column " + ACCOUNT);
        }
    }

    private static Row row(long line, CSVRecord csv) {
        if (!csv.isConsistent()) {
            throw ProblemException.badRequest(csv.size() + " cells (expected: "
                    + csv.getParser().getHeaderNames().size() + ")");
        }
        ObjectNode json = EventCodec.json().createObjectNode();
        csv.toMap().forEach((column, cell) -> {
            if (!cell.isEmpty() && !column.equals(ACCOUNT)) {
                AccountBody.storable(column, cell);
                put(json, column, cell);
            }
        });
        return new Row(line, csv.get(ACCOUNT), json);
    }

    private static void put(ObjectNode json, String column, String cell) {
        if (LISTS.contains(column)) {
            ArrayNode list = json.putArray(column);
            for (String item : cell.split(";", -1)) {
                list.add(item.strip());
            }
        } else if (OWNERS.contains(column)) {
            json.withObjectProperty("owners").put(column, cell);
        } else if (column.equals(UNLIMITED)) {
            json.put(column, truth(cell));
        } else if (NUMBERS.contains(column)) {
            json.put(column, number(column, cell));
        } else {
            json.put(column, cell);
        }
    }

    private static boolean truth(String cell) {
        return switch (cell) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.badRequest(UNLIMITED + ": " + cell + " (expected: true or false)");
        };
    }

    private static int number(String column, String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest(column + ": " + cell + " (expected: a whole number)");
        }
    }
}
