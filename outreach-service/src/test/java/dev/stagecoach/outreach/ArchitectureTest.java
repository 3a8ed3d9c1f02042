package dev.stagecoach.outreach;

import org.junit.jupiter.api.Test;

import dev.stagecoach.testing.ArchitectureRules;

class ArchitectureTest {
    @Test
    void keepsTheStructureOfAllServices() {
        ArchitectureRules.check("dev.stagecoach.outreach");
    }
}
