package dev.stagecoach.local.sample;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The companies of the sample, as {@code portfolio.yaml} tells their stories. */
public record Portfolio(List<Company> companies) {

    public static final LocalDate FIRST_DAY = LocalDate.parse("2025-01-01");
    public static final LocalDate LAST_DAY = LocalDate.parse("2026-02-28");

    private static final List<Company> STORIES = read();

    public Portfolio {
        companies = List.copyOf(companies);
    }

    /** How many stories there are. */
    public static int stories() {
        return STORIES.size();
    }

    /** The given number of companies: the first stories or, beyond their number, the same stories again by other names. */
    public static Portfolio ofSize(int accounts) {
        if (accounts < 1) {
            throw new IllegalArgumentException("accounts: " + accounts + " (expected: >= 1)");
        }
        var companies = new ArrayList<Company>();
        for (int number = 0; number < accounts; number++) {
            var company = STORIES.get(number % stories());
            companies.add(number < stories() ? company : company.again(number / stories() + 1));
        }
        return new Portfolio(companies);
    }

    /** All that happens on a day. */
    public SampleDay day(LocalDate date) {
        return SampleDay.of(companies, date);
    }

    private static List<Company> read() {
        var mapper = YAMLMapper.builder()
                .addModule(new JavaTimeModule())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (var yaml = Portfolio.class.getResourceAsStream("portfolio.yaml")) {
            return mapper.readValue(yaml, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("portfolio.yaml is not readable", e);
        }
    }
}
