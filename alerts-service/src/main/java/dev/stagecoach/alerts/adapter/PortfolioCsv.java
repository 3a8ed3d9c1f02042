package dev.stagecoach.alerts.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The portfolio as a table for spreadsheets (RFC 4180). Fractions: 1 is 100 %. Unknown is empty. */
final class PortfolioCsv implements Consumer<PortfolioLine> {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "account",
                    "name",
                    "segment",
                    "products",
                    "stage",
                    "days_in_stage",
                    "health",
                    "health_score",
                    "utilization",
                    "usage",
                    "mau",
                    "seats",
                    "renews_on",
                    "technical_advisor",
                    "account_executive",
                    "attention",
                    "reasons")
            .get();

    private static final Pattern FORMULA = Pattern.compile("(^|[;,|\\t\\r\\n])([=+\\-@\\t\\r\\n＝＋－＠])");

    private final CSVPrinter printer;

    PortfolioCsv(Appendable to) throws IOException {
        printer = FORMAT.print(to);
    }

    @Override
    public void accept(PortfolioLine line) {
        try {
            printer.printRecord(
                    text(line.id()),
                    text(line.name()),
                    line.segment(),
                    String.join(" ", line.products()),
                    line.stageName(),
                    line.stageDays(),
                    line.level().wireName(),
                    line.score(),
                    line.utilization(),
                    line.usageShare(),
                    line.mau(),
                    line.seatCount(),
                    line.renewsOn(),
                    text(line.technicalAdvisor()),
                    text(line.accountExecutive()),
                    line.attention(),
                    line.reasonsText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a spreadsheet would run as a formula gets an apostrophe before it, so that it stays text; after what some spreadsheets take for
     * the end of a cell, too.
     */
    static @Nullable String text(@Nullable String given) {
        return given == null ? null : FORMULA.matcher(given).replaceAll("$1'$2");
    }
}
