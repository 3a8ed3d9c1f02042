package dev.stagecoach.outreach;

import dev.stagecoach.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheStructureOfAllServices() {
        ArchitectureRules.check("dev.stagecoach.outreach");
    }
}
