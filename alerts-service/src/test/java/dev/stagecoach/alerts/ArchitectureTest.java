package dev.stagecoach.alerts;

import dev.stagecoach.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void followsTheStructureOfAllServices() {
        ArchitectureRules.check("dev.stagecoach.alerts");
    }
}
