package dev.stagecoach.local;

import dev.stagecoach.events.Stage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

final class Fixtures {

    private Fixtures() {}

    /** One account that has just entered Onboarding. */
    static Summary aSummary() {
        var day = LocalDate.parse("2025-01-15");
        return new Summary(
                day,
                day,
                List.of(new Summary.AccountSummary(
                        "acme",
                        "Acme",
                        "Begins.",
                        Stage.ONBOARDING,
                        List.of(new Summary.StageEntered(day, null, Stage.ONBOARDING, "contract-closed")),
                        List.of(new Summary.Mail(day, "admin-onboarding", "day-0", "ana")),
                        List.of(new Summary.Alert(
                                day,
                                "stage-changed",
                                "Acme entered Onboarding",
                                "#alerts-customer-usage",
                                Map.of("to", "Onboarding"))))));
    }
}
