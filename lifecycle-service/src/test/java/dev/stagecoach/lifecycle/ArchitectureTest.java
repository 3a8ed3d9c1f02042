package dev.stagecoach.lifecycle;

import dev.stagecoach.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void followsTheStructureOfAllServices() {
        ArchitectureRules.check("dev.stagecoach.lifecycle");
    }
}
